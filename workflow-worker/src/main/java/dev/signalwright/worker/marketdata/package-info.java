/**
 * Task {@code fetch_market_data}: daily bars of every symbol up to the run's moment. Enters: the run's moment, the
 * broker. Leaves: one {@code market_data} artifact per symbol (contract section 1), or that symbol's sentence.
 */
@NullMarked
package dev.signalwright.worker.marketdata;

import org.jspecify.annotations.NullMarked;
