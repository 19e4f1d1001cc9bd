/**
 * Reading the table {@code change}: what happened to the store, in an order that is the same for every reader. Enters: a
 * position. Leaves: {@link dev.signalwright.artifacts.feed.Change changes} after it. A row of a transaction is handed out
 * only when every older transaction has ended, so a reader that remembers one position misses nothing, although commits
 * become visible out of order. Safe for all threads.
 */
@NullMarked
package dev.signalwright.artifacts.feed;

import org.jspecify.annotations.NullMarked;
