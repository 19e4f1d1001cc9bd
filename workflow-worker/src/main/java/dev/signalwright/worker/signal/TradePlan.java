package dev.signalwright.worker.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Three prices that make sense together: the stop on the losing side of the entry, the target on the winning side.
 *
 * @param action BUY or SELL
 * @param entry limit price, two decimals
 * @param stop where the idea is wrong, two decimals
 * @param target where the profit is taken, two decimals
 */
public record TradePlan(Action action, BigDecimal entry, BigDecimal stop, BigDecimal target) {
    public TradePlan {
        boolean bought = stop.compareTo(entry) < 0 && entry.compareTo(target) < 0;
        boolean sold = stop.compareTo(entry) > 0 && entry.compareTo(target) > 0;
        if (stop.signum() <= 0
                || target.signum() <= 0
                || !(action == Action.BUY ? bought : action == Action.SELL && sold)) {
            throw new IllegalArgumentException(
                    "Entry " + entry + ", stop " + stop + " and target " + target + " do not make a " + action + ".");
        }
    }

    /** What is lost per share when the stop is hit exactly. */
    public BigDecimal risk() {
        return entry.subtract(stop).abs();
    }

    /** The hoped-for gain in units of {@link #risk()}, two decimals. */
    public BigDecimal rMultiple() {
        return target.subtract(entry).abs().divide(risk(), 2, RoundingMode.HALF_UP);
    }
}
