/**
 * The task {@code place_order}: the run's signals enter, at most one limit order per decision slot leaves, and an
 * {@code order} artifact says per symbol what was done or why nothing was. The only room that may build an
 * {@link dev.signalwright.worker.broker.OrderTicket}. Doubt means no order: what cannot be stored, looked up or claimed
 * is not sent, and a send is never repeated. The rules in words: {@code docs/orders.md}. Not thread-safe; two processes
 * with the same slot are kept apart by the intent's claim.
 */
@NullMarked
package dev.signalwright.worker.order;

import org.jspecify.annotations.NullMarked;
