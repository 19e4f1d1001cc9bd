/**
 * The tasks {@code get_trades} and {@code get_portfolio}: the gateway's executions of its day and the account's positions
 * enter, one {@code trade} and one {@code portfolio} artifact leave. Both run whatever happened before, and skip when
 * preflight fixed no moment. They read only; nothing here can send an order. Not thread-safe.
 */
@NullMarked
package dev.signalwright.worker.account;

import org.jspecify.annotations.NullMarked;
