/**
 * The catalogue: full text and counts of all artifacts. Enters: the changes of the store, read from its feed by a job, so
 * that a write pays nothing for being found. Leaves: the table {@code catalog_entry} that lists
 * with words are joined to, and a {@link dev.signalwright.artifacts.catalog.Summary}. It lags about a second and says until
 * when it is complete. Safe for all threads and replicas: one at a time keeps it.
 */
@NullMarked
package dev.signalwright.artifacts.catalog;

import org.jspecify.annotations.NullMarked;
