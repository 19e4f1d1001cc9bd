package dev.signalwright.worker.simulator.book;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order in the book, as it is kept in the state file.
 *
 * @param limit zero for an order without one
 * @param session ISO date of the first session it can trade in
 * @param filled shares so far, at {@code averagePrice}
 * @param endedAt ISO instant; empty while it is open
 * @param endedHow the gateway's words; empty while it is open
 * @param stop of a stop order; absent for others
 * @param parentId order id of the same client's order that must be filled first; 0 for none
 * @param ocaGroup of which only one is filled; absent for none
 * @param triggered whether the stop was touched
 * @param held sent with transmit=0: nobody hears of it until its group is released
 */
public record BookedOrder(
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
        String endedHow,
        @Nullable BigDecimal stop,
        int parentId,
        @Nullable String ocaGroup,
        boolean triggered,
        boolean held) {

    /** Accepted and waiting: for the session, the stop or the parent. */
    static final String WAITING = "PreSubmitted";

    static final String WORKING = "Submitted";
    public static final String FILLED = "Filled";
    static final String CANCELLED = "Cancelled";

    /** Not named isBuy: a public method of that name would be written into the state file as a member. */
    public boolean buys() {
        return action.equals("BUY");
    }

    boolean isMarket() {
        return type.equals("MKT");
    }

    boolean hasStop() {
        return type.startsWith("STP");
    }

    boolean hasLimit() {
        return type.endsWith("LMT");
    }

    public Optional<BigDecimal> stopPrice() {
        return Optional.ofNullable(stop);
    }

    public Optional<String> oca() {
        return Optional.ofNullable(ocaGroup).filter(group -> !group.isEmpty());
    }

    boolean belongsTo(int client, int order) {
        return clientId == client && orderId == order;
    }

    boolean isChildOf(BookedOrder other) {
        return parentId != 0 && other.belongsTo(clientId, parentId);
    }

    BigDecimal remaining() {
        return quantity.subtract(filled);
    }

    LocalDate firstSession() {
        return LocalDate.parse(session);
    }

    /** Changed by its owner; transmit=1 also releases it. */
    BookedOrder changed(BigDecimal newQuantity, BigDecimal newLimit, @Nullable BigDecimal newStop, boolean stillHeld) {
        return copy(newQuantity, newLimit, newStop, status, filled, averagePrice, "", "", triggered, stillHeld);
    }

    BookedOrder released() {
        return copy(quantity, limit, stop, status, filled, averagePrice, "", "", triggered, false);
    }

    BookedOrder withStatus(String word) {
        return copy(quantity, limit, stop, word, filled, averagePrice, "", "", triggered, held);
    }

    BookedOrder withQuantity(BigDecimal newQuantity) {
        return copy(newQuantity, limit, stop, status, filled, averagePrice, "", "", triggered, held);
    }

    /** Its stop was touched: from now on it is what stands behind the stop. */
    BookedOrder touched() {
        return copy(quantity, limit, stop, WORKING, filled, averagePrice, "", "", true, held);
    }

    /** More was filled, not yet all. */
    BookedOrder partly(BigDecimal shares, BigDecimal average) {
        return copy(quantity, limit, stop, WORKING, shares, average, "", "", triggered, held);
    }

    BookedOrder ended(String how, BigDecimal shares, BigDecimal price, String at, String words) {
        return copy(quantity, limit, stop, how, shares, price, at, words, triggered, false);
    }

    private BookedOrder copy(
            BigDecimal newQuantity,
            BigDecimal newLimit,
            @Nullable BigDecimal newStop,
            String newStatus,
            BigDecimal newFilled,
            BigDecimal newAverage,
            String at,
            String words,
            boolean wasTriggered,
            boolean isHeld) {
        return new BookedOrder(
                permId,
                clientId,
                orderId,
                symbol,
                exchange,
                action,
                newQuantity,
                type,
                newLimit,
                tif,
                account,
                orderRef,
                outsideRth,
                session,
                newStatus,
                newFilled,
                newAverage,
                at,
                words,
                newStop,
                parentId,
                ocaGroup,
                wasTriggered,
                isHeld);
    }
}
