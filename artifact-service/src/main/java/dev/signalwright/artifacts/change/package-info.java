/**
 * What happened to the store: one append-only table, the audit trail and the event feed in one. Enters: a
 * {@link dev.signalwright.artifacts.change.Change}, inside the transaction that makes it. Leaves: a row of {@code change}.
 * Thread-safe. docs/store.md tells what the rows mean and how to read them without missing one.
 */
@NullMarked
package dev.signalwright.artifacts.change;

import org.jspecify.annotations.NullMarked;
