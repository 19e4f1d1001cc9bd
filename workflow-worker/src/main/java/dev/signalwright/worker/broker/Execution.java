package dev.signalwright.worker.broker;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One fill.
 *
 * @param execId the broker's id; a correction replaces, never adds
 * @param side BUY or SELL
 * @param commission in {@code commissionCurrency}; empty when not reported yet
 */
public record Execution(
        String execId,
        String account,
        String symbol,
        int conid,
        OrderTicket.Side side,
        BigDecimal quantity,
        BigDecimal price,
        Instant time,
        String orderRef,
        long permId,
        Optional<BigDecimal> commission,
        Optional<String> commissionCurrency) {}
