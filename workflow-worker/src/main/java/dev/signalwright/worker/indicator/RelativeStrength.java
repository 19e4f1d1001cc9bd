package dev.signalwright.worker.indicator;

/** Wilder's relative strength index, 0 to 100. */
final class RelativeStrength {
    private static final double NO_MOVEMENT = 1e-14;

    private RelativeStrength() {}

    /**
     * Mean gain and mean loss are seeded with the simple mean of the first {@code period} changes, then smoothed by
     * Wilder's method. First value at index {@code period}. Like TA-Lib, 0 where nothing ever moved.
     */
    static double[] of(double[] values, int period) {
        double[] out = MovingAverage.absent(values.length);
        double gain = 0;
        double loss = 0;
        for (int i = 1; i < values.length; i++) {
            double change = values[i] - values[i - 1];
            double up = Math.max(change, 0);
            double down = Math.max(-change, 0);
            if (i <= period) {
                gain += up / period;
                loss += down / period;
            } else {
                gain = (gain * (period - 1) + up) / period;
                loss = (loss * (period - 1) + down) / period;
            }
            if (i >= period) {
                out[i] = gain + loss < NO_MOVEMENT ? 0 : 100 * (gain / (gain + loss));
            }
        }
        return out;
    }
}
