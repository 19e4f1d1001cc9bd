package dev.signalwright.worker.market;

import java.math.BigDecimal;

/**
 * One tradable stock as the gateway resolved it.
 *
 * @param conid Interactive Brokers' contract id
 * @param symbol the ticker
 * @param exchange where orders are routed, for example {@code SMART}
 * @param primaryExchange the listing exchange, for example {@code NASDAQ}
 * @param currency ISO code
 * @param minTick smallest price increment in the currency
 * @param timeZone the exchange's zone id, for example {@code America/New_York}
 */
public record Instrument(
        int conid,
        String symbol,
        String exchange,
        String primaryExchange,
        String currency,
        BigDecimal minTick,
        String timeZone) {}
