package dev.signalwright.worker.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of an account one trade may use: what would be lost at the stop is at most 1 % of the net liquidation value,
 * and the position is at most 10 % of it. The size never comes from an analyst.
 */
public final class RiskRule {
    /** Part of the net liquidation value that may be lost between entry and stop. */
    public static final BigDecimal RISK = new BigDecimal("0.01");

    /** Part of the net liquidation value that one position may cost. */
    public static final BigDecimal NOTIONAL = new BigDecimal("0.10");

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private RiskRule() {}

    /** The position's cost in percent of the net liquidation value, two decimals, rounded down. */
    public static BigDecimal positionPercent(TradePlan plan) {
        BigDecimal byRisk = RISK.multiply(plan.entry()).divide(plan.risk(), 6, RoundingMode.DOWN);
        return byRisk.min(NOTIONAL).multiply(HUNDRED).setScale(2, RoundingMode.DOWN);
    }

    /** Whole shares for an account of that value, rounded down; 0 when not even one fits. */
    public static BigDecimal shares(BigDecimal netLiquidation, BigDecimal entry, BigDecimal stop) {
        BigDecimal byRisk =
                netLiquidation.multiply(RISK).divide(entry.subtract(stop).abs(), 0, RoundingMode.DOWN);
        BigDecimal byNotional = netLiquidation.multiply(NOTIONAL).divide(entry, 0, RoundingMode.DOWN);
        return byRisk.min(byNotional).max(BigDecimal.ZERO);
    }
}
