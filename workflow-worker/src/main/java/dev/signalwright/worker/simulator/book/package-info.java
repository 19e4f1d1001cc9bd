/**
 * Orders, fills, cash and holdings, and the day that moves them. In come orders and the end of a session; out go {@link
 * dev.signalwright.worker.simulator.book.BookEvent}s. {@link dev.signalwright.worker.simulator.book.Book} guards all
 * state with its own lock; the state file outlives a restart. Looks into the simulated
 * {@code market} and {@code tws.message}; sends nothing.
 */
@NullMarked
package dev.signalwright.worker.simulator.book;

import org.jspecify.annotations.NullMarked;
