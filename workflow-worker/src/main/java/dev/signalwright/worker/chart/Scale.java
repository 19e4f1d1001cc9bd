package dev.signalwright.worker.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A vertical axis.
 *
 * @param low value at the bottom
 * @param high value at the top, above {@code low}
 * @param top first pixel row of the pane
 * @param bottom row below its last one
 */
record Scale(double low, double high, int top, int bottom) {
    private static final int[] STEPS = {10, 20, 25, 50, 100};

    /** An axis from {@code low} to {@code high} with that share of the pane left free at both ends. */
    static Scale padded(double low, double high, double share, int top, int bottom) {
        double span = high - low;
        double pad = span > 0 ? span * share : Math.max(Math.abs(high) * 0.02, 0.01);
        return new Scale(low - pad, high + pad, top, bottom);
    }

    double y(double value) {
        return bottom - (value - low) / (high - low) * (bottom - top);
    }

    /** The row of a horizontal hairline at that value. */
    int row(double value) {
        return (int) Math.floor(y(value));
    }

    boolean shows(double value) {
        return value >= low && value <= high;
    }

    /** Round values (steps of 1, 2, 2.5, 5 times a power of ten), at most {@code most} of them, lowest first. */
    List<BigDecimal> ticks(int most) {
        BigDecimal step = step(most);
        List<BigDecimal> ticks = new ArrayList<>();
        BigDecimal tick =
                BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING).multiply(step);
        while (tick.doubleValue() <= high) {
            ticks.add(tick);
            tick = tick.add(step);
        }
        return ticks;
    }

    private BigDecimal step(int most) {
        BigDecimal least = BigDecimal.valueOf((high - low) / most);
        BigDecimal tenth = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 2);
        for (int step : STEPS) {
            BigDecimal candidate = tenth.multiply(BigDecimal.valueOf(step));
            if (candidate.compareTo(least) >= 0) {
                return candidate;
            }
        }
        throw new IllegalStateException("No step fits " + low + " to " + high + ".");
    }
}
