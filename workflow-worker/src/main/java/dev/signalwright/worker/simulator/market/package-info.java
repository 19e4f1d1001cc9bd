/**
 * What the simulated market traded: listings, daily bars, splits and the way a price took through a day. In come files of
 * history or made-up series; out go prices. Looks into {@code worker.market} and {@code tws.message}; knows no order
 * and no client.
 */
@NullMarked
package dev.signalwright.worker.simulator.market;

import org.jspecify.annotations.NullMarked;
