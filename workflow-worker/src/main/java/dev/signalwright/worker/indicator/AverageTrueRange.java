package dev.signalwright.worker.indicator;

/** Wilder's average true range, in the price's unit. */
final class AverageTrueRange {
    private AverageTrueRange() {}

    /**
     * The first bar has no true range (it has no previous close), so the seed is the simple mean of the ranges of bars
     * 1 to {@code period} and stands at index {@code period}.
     */
    static double[] of(double[] high, double[] low, double[] close, int period) {
        double[] out = MovingAverage.absent(close.length);
        double mean = 0;
        for (int i = 1; i < close.length; i++) {
            double range = Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1]);
            if (i <= period) {
                mean += range / period;
            } else {
                mean = (mean * (period - 1) + range) / period;
            }
            if (i >= period) {
                out[i] = mean;
            }
        }
        return out;
    }
}
