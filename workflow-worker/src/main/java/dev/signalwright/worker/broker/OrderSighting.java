package dev.signalwright.worker.broker;

import java.math.BigDecimal;

/**
 * One order as the gateway reports it.
 *
 * @param orderRef our reference
 * @param permId the broker's lasting id; 0 when not known yet
 * @param orderId the id within the client; 0 when another client's or completed
 * @param state what is known
 * @param filled shares filled so far
 * @param remaining shares still open
 * @param averagePrice of the fills; zero when none
 * @param note the gateway's own words, for example the reason of a rejection
 */
public record OrderSighting(
        String orderRef,
        long permId,
        int orderId,
        OrderState state,
        BigDecimal filled,
        BigDecimal remaining,
        BigDecimal averagePrice,
        String note) {}
