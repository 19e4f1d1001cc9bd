/**
 * Order intents: the permission to send an order, given once. One decision slot is one row; the row is claimed by exactly
 * one process; only that process may send, and says afterwards what became of it. Doubt means no order.
 */
@NullMarked
package dev.signalwright.artifacts.order;

import org.jspecify.annotations.NullMarked;
