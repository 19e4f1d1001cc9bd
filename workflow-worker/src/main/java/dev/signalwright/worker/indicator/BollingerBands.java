package dev.signalwright.worker.indicator;

/**
 * Simple mean plus and minus a multiple of the population deviation of the same window.
 *
 * @param upper first value at index {@code period - 1}, as for the others
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier inside this room; never compared
record BollingerBands(double[] upper, double[] middle, double[] lower) {
    static BollingerBands of(double[] values, int period, double deviations) {
        double[] middle = MovingAverage.simple(values, period);
        double[] upper = MovingAverage.absent(values.length);
        double[] lower = MovingAverage.absent(values.length);
        for (int i = period - 1; i < values.length; i++) {
            double squares = 0;
            for (int j = i - period + 1; j <= i; j++) {
                double off = values[j] - middle[i];
                squares += off * off;
            }
            double width = deviations * Math.sqrt(squares / period);
            upper[i] = middle[i] + width;
            lower[i] = middle[i] - width;
        }
        return new BollingerBands(upper, middle, lower);
    }
}
