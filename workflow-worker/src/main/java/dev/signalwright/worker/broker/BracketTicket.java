package dev.signalwright.worker.broker;

import java.math.BigDecimal;

/**
 * A limit order with its two ways out, which go to the gateway together or not at all. Built only in the {@code order}
 * room, like the ticket it holds.
 *
 * @param entry the order itself; its reference is also that of the two others, followed by {@code -t} and {@code -s}
 * @param takeProfit limit of the order that takes the profit
 * @param stopLoss trigger price of the order that limits the loss
 */
public record BracketTicket(OrderTicket entry, BigDecimal takeProfit, BigDecimal stopLoss) {
    public BracketTicket {
        boolean buys = entry.side() == OrderTicket.Side.BUY;
        BigDecimal above = buys ? takeProfit : stopLoss;
        BigDecimal below = buys ? stopLoss : takeProfit;
        if (below.signum() <= 0
                || below.compareTo(entry.limitPrice()) >= 0
                || entry.limitPrice().compareTo(above) >= 0) {
            throw new IllegalArgumentException("A bracket's profit and loss lie on the two sides of its limit; "
                    + takeProfit + " and " + stopLoss + " do not lie around " + entry.limitPrice() + ".");
        }
    }
}
