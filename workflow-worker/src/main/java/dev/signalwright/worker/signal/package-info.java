/**
 * What a decision is, and which numbers may stand in it. Enters: an analyst's proposal and the last close. Leaves: the
 * members of a {@code signal} artifact (contract section 1). Pure code: no clock, no network, no files; everything here
 * is immutable and thread-safe. No path through this room turns an error into a BUY or a SELL.
 */
@NullMarked
package dev.signalwright.worker.signal;

import org.jspecify.annotations.NullMarked;
