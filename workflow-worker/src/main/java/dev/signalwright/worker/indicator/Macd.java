package dev.signalwright.worker.indicator;

/**
 * Moving average convergence/divergence.
 *
 * <p>The fast mean starts on the slow one's first bar, seeded with the {@code fast} values that end there. As in TA-Lib
 * all three have their first value on the bar where the signal line has its seed: index {@code slow + signal - 2}.
 *
 * @param line fast minus slow exponential mean
 * @param signal exponential mean of the line
 * @param histogram line minus signal
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier inside this room; never compared
record Macd(double[] line, double[] signal, double[] histogram) {
    static Macd of(double[] values, int fast, int slow, int signal) {
        int start = slow - 1;
        double[] quick = MovingAverage.exponential(values, fast, start);
        double[] steady = MovingAverage.exponential(values, slow, start);
        double[] difference = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            difference[i] = quick[i] - steady[i];
        }
        double[] smoothed = MovingAverage.exponential(difference, signal, start + signal - 1);
        double[] histogram = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(smoothed[i])) {
                difference[i] = Double.NaN;
            }
            histogram[i] = difference[i] - smoothed[i];
        }
        return new Macd(difference, smoothed, histogram);
    }
}
