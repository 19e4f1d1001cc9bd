package dev.signalwright.worker.simulator;

import java.math.BigDecimal;

/**
 * An order's execution, as it is kept in the state file; orders are filled whole.
 *
 * @param session ISO date
 * @param time ISO instant
 */
record Fill(String execId, BookedOrder order, BigDecimal price, String session, String time, BigDecimal commission) {}
