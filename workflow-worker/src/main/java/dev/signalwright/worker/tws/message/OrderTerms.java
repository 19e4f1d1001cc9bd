package dev.signalwright.worker.tws.message;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an order says, as far as placeOrder, openOrder and completedOrder have it in common.
 *
 * @param action {@code BUY} or {@code SELL}
 * @param orderType {@code LMT}, {@code MKT}, ...
 * @param tif {@code DAY}, {@code GTC}, ...
 * @param orderRef the reference that comes back in every answer about the order
 */
public record OrderTerms(
        String action,
        BigDecimal totalQuantity,
        String orderType,
        Optional<BigDecimal> lmtPrice,
        Optional<BigDecimal> auxPrice,
        String tif,
        String ocaGroup,
        String account,
        String orderRef,
        boolean outsideRth) {

    /** A plain limit order, good for the day. */
    public static OrderTerms limitDay(
            String action, BigDecimal quantity, BigDecimal limit, String account, String orderRef) {
        return new OrderTerms(
                action, quantity, "LMT", Optional.of(limit), Optional.empty(), "DAY", "", account, orderRef, false);
    }
}
