/**
 * What happened to the store: one append-only table, the audit trail and the event feed in one. Enters: a
 * {@link dev.signalwright.artifacts.change.Change}, inside the transaction that makes it. Leaves: a row of {@code change}.
 * And the way back: a {@link dev.signalwright.artifacts.change.Position} enters, the recorded changes after it leave, in an
 * order that is the same for every reader. A row of a transaction is handed out only when every older transaction has ended,
 * so a reader that remembers one position misses nothing, although commits become visible out of order. Thread-safe.
 * docs/store.md tells what the rows mean.
 */
@NullMarked
package dev.signalwright.artifacts.change;

import org.jspecify.annotations.NullMarked;
