package dev.signalwright.worker.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An order in the book, as it is kept in the state file.
 *
 * @param limit zero for a market order
 * @param session ISO date of the first session it can trade in
 * @param endedAt ISO instant; empty while it is open
 * @param endedHow the gateway's words; empty while it is open
 */
record BookedOrder(
        long permId,
        int clientId,
        int orderId,
        String symbol,
        String exchange,
        String action,
        BigDecimal quantity,
        String type,
        BigDecimal limit,
        String tif,
        String account,
        String orderRef,
        boolean outsideRth,
        String session,
        String status,
        BigDecimal filled,
        BigDecimal averagePrice,
        String endedAt,
        String endedHow) {

    static final String WAITING = "PreSubmitted";
    static final String FILLED = "Filled";
    static final String CANCELLED = "Cancelled";

    boolean isBuy() {
        return action.equals("BUY");
    }

    boolean isMarket() {
        return type.equals("MKT");
    }

    boolean belongsTo(int client, int order) {
        return clientId == client && orderId == order;
    }

    LocalDate firstSession() {
        return LocalDate.parse(session);
    }

    BookedOrder changed(BigDecimal newQuantity, BigDecimal newLimit) {
        return new BookedOrder(
                permId, clientId, orderId, symbol, exchange, action, newQuantity, type, newLimit, tif, account,
                orderRef, outsideRth, session, status, filled, averagePrice, endedAt, endedHow);
    }

    BookedOrder ended(String how, BigDecimal shares, BigDecimal price, String at, String words) {
        return new BookedOrder(
                permId, clientId, orderId, symbol, exchange, action, quantity, type, limit, tif, account, orderRef,
                outsideRth, session, how, shares, price, at, words);
    }
}
