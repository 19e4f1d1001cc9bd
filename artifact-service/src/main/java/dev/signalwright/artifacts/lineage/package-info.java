/**
 * Lineage: what an artifact was made from and what was made from it, and everything of one run with its lines. Enters: ids.
 * Leaves: a {@link dev.signalwright.artifacts.lineage.Graph} of bounded size that says when it was cut. Deleted artifacts
 * stay nodes: their hash and their lines outlive their content. Safe for all threads.
 */
@NullMarked
package dev.signalwright.artifacts.lineage;

import org.jspecify.annotations.NullMarked;
