/**
 * Technical indicators as pure functions over {@code double[]}, one value per bar, oldest first.
 *
 * <p>Enters: a {@link dev.signalwright.worker.market.BarSeries}. Leaves: an {@link
 * dev.signalwright.worker.indicator.IndicatorTable}. Every array is as long as its input; {@link Double#NaN} stands
 * where a value does not exist yet (the warm-up), inside this room only. Prices are in the instrument's currency,
 * volumes in shares, RSI runs from 0 to 100.
 *
 * <p>Source: TA-Lib's conventions, which traders' tools share. Averages are seeded with the simple mean of their first
 * period, RSI and ATR are smoothed by Wilder's method, Bollinger bands use the population deviation. Golden files made
 * by TA-Lib itself hold them to 1e-9. SuperTrend has no TA-Lib function; its rule stands in {@code SuperTrend}.
 *
 * <p>Stateless and thread-safe.
 */
@NullMarked
package dev.signalwright.worker.indicator;

import org.jspecify.annotations.NullMarked;
