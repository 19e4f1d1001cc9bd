/**
 * The port to the broker. Two implementations stand behind it: the TWS socket ({@code tws}) and the Client Portal
 * gateway ({@code clientportal}). What enters: a symbol, an instant, an order ticket. What leaves: instruments, bars, order states, executions,
 * positions, as values of this room and of {@code market}. Every call has a deadline and fails only with
 * {@link dev.signalwright.worker.broker.BrokerException}.
 */
@NullMarked
package dev.signalwright.worker.broker;

import org.jspecify.annotations.NullMarked;
