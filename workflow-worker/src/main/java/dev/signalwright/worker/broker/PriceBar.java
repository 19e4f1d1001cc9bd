package dev.signalwright.worker.broker;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One bar of trades with its moment.
 *
 * @param start when it begins; of daily and weekly bars the midnight, in the exchange's zone, of the date that labels it
 * @param volume in shares
 */
public record PriceBar(Instant start, double open, double high, double low, double close, BigDecimal volume) {}
