package dev.signalwright.worker.tws.message;

import java.math.BigDecimal;

/**
 * The contract fields that requests and answers have in common.
 *
 * @param secType {@code STK} for stocks
 * @param lastTradeDateOrContractMonth empty for stocks
 * @param strike zero for stocks
 * @param right empty or {@code ?} for stocks
 */
public record Contract(
        int conId,
        String symbol,
        String secType,
        String lastTradeDateOrContractMonth,
        BigDecimal strike,
        String right,
        String multiplier,
        String exchange,
        String currency,
        String localSymbol,
        String tradingClass) {

    /** A US stock. */
    public static Contract stock(int conId, String symbol, String exchange, String localSymbol, String tradingClass) {
        return new Contract(
                conId, symbol, "STK", "", BigDecimal.ZERO, "", "", exchange, "USD", localSymbol, tradingClass);
    }
}
