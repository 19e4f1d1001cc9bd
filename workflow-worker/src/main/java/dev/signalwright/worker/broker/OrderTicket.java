package dev.signalwright.worker.broker;

import dev.signalwright.worker.market.Instrument;
import java.math.BigDecimal;

/**
 * One limit order, good for the day. Built only in the {@code order} room, after its intent was stored and claimed.
 *
 * @param side {@code BUY} or {@code SELL}
 * @param quantity whole shares, positive
 * @param limitPrice on the instrument's tick grid
 * @param orderRef the slot's fixed reference
 */
public record OrderTicket(
        String account, Instrument instrument, Side side, BigDecimal quantity, BigDecimal limitPrice, String orderRef) {

    public OrderTicket {
        if (quantity.signum() <= 0 || limitPrice.signum() <= 0) {
            throw new IllegalArgumentException(
                    "An order needs a positive quantity and limit, not " + quantity + " at " + limitPrice + ".");
        }
    }

    /** Which way. */
    public enum Side {
        BUY,
        SELL
    }
}
