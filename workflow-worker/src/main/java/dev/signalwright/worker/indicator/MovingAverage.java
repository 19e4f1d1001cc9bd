package dev.signalwright.worker.indicator;

import java.util.Arrays;

/** Simple and exponential means. */
final class MovingAverage {
    private MovingAverage() {}

    /** Mean of the last {@code period} values; first value at index {@code period - 1}. */
    static double[] simple(double[] values, int period) {
        double[] out = absent(values.length);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            if (i >= period - 1) {
                out[i] = sum / period;
                sum -= values[i - period + 1];
            }
        }
        return out;
    }

    /** Exponential mean with factor 2/(period+1), first value at index {@code period - 1}. */
    static double[] exponential(double[] values, int period) {
        return exponential(values, period, period - 1);
    }

    /**
     * The same, but starting later: the seed at {@code first} is the simple mean of the {@code period} values that end
     * there.
     */
    static double[] exponential(double[] values, int period, int first) {
        double[] out = absent(values.length);
        if (values.length <= first) {
            return out;
        }
        double mean = 0;
        for (int i = first - period + 1; i <= first; i++) {
            mean += values[i];
        }
        mean /= period;
        out[first] = mean;
        double factor = 2.0 / (period + 1);
        for (int i = first + 1; i < values.length; i++) {
            mean += factor * (values[i] - mean);
            out[i] = mean;
        }
        return out;
    }

    /** An array of that length without a single value in it. */
    static double[] absent(int length) {
        double[] out = new double[length];
        Arrays.fill(out, Double.NaN);
        return out;
    }
}
