package dev.signalwright.worker.simulator.book;

import dev.signalwright.worker.simulator.market.Split;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Shares of one stock; negative when short.
 *
 * @param averageCost per share, commissions included
 * @param realized profit taken so far
 */
public record Holding(String symbol, BigDecimal quantity, BigDecimal averageCost, BigDecimal realized) {
    private static final int COST_SCALE = 8;

    static Holding none(String symbol) {
        return new Holding(symbol, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** @param signedShares bought (positive) or sold (negative) */
    Holding traded(BigDecimal signedShares, BigDecimal price, BigDecimal commission) {
        BigDecimal after = quantity.add(signedShares);
        boolean grows = quantity.signum() == 0 || quantity.signum() == signedShares.signum();
        if (grows) {
            BigDecimal cost = quantity.multiply(averageCost)
                    .add(signedShares.multiply(price))
                    .add(commission);
            return new Holding(symbol, after, cost.divide(after, COST_SCALE, RoundingMode.HALF_EVEN), realized);
        }
        BigDecimal closed = signedShares.abs().min(quantity.abs());
        BigDecimal profit = price.subtract(averageCost)
                .multiply(closed)
                .multiply(BigDecimal.valueOf(quantity.signum()))
                .subtract(commission);
        boolean turns = after.signum() != 0 && after.signum() != quantity.signum();
        return new Holding(symbol, after, turns ? price : averageCost, realized.add(profit));
    }

    Holding split(Split split) {
        return new Holding(
                symbol,
                quantity.multiply(split.newShares()).divide(split.oldShares(), 0, RoundingMode.DOWN),
                averageCost.multiply(split.oldShares()).divide(split.newShares(), COST_SCALE, RoundingMode.HALF_EVEN),
                realized);
    }
}
