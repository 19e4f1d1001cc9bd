package dev.signalwright.worker.simulator.book;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution, as it is kept in the state file.
 *
 * @param order as it stood afterwards
 * @param session ISO date
 * @param time ISO instant
 * @param shares of this execution; absent in files of before partial fills: the whole order
 * @param realized profit that it took; absent when it opened a position
 */
public record Fill(
        String execId,
        BookedOrder order,
        BigDecimal price,
        String session,
        String time,
        BigDecimal commission,
        @Nullable BigDecimal shares,
        @Nullable BigDecimal realized) {

    public BigDecimal quantity() {
        return shares == null ? order.quantity() : shares;
    }

    public Optional<BigDecimal> profit() {
        return Optional.ofNullable(realized);
    }
}
