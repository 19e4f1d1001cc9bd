package dev.signalwright.worker.simulator.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;

/** One session's prices and volume, exact. */
public record DayBar(
        LocalDate session, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, BigDecimal volume) {
    /** The same bar in shares of after the split. */
    DayBar adjusted(Split split) {
        return new DayBar(
                session,
                price(open, split),
                price(high, split),
                price(low, split),
                price(close, split),
                volume.multiply(split.newShares()).divide(split.oldShares(), MathContext.DECIMAL64));
    }

    private static BigDecimal price(BigDecimal price, Split split) {
        return price.multiply(split.oldShares()).divide(split.newShares(), MathContext.DECIMAL64);
    }
}
