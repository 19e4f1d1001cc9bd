package dev.signalwright.worker.broker;

import java.math.BigDecimal;
import java.util.List;

/**
 * An account at one moment.
 *
 * @param netLiquidation total value in {@code currency}
 * @param cash in {@code currency}
 */
public record AccountSnapshot(
        String account, String currency, BigDecimal netLiquidation, BigDecimal cash, List<Position> positions) {
    public AccountSnapshot {
        positions = List.copyOf(positions);
    }

    /** One position; quantity is negative when short. */
    public record Position(String symbol, int conid, String currency, BigDecimal quantity, BigDecimal averageCost) {}
}
