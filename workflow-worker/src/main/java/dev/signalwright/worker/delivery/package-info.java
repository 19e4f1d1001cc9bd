/**
 * Task {@code deliver_artifacts}: runs whatever happened before. Enters: the spool, and the states of the run's other
 * tasks. Leaves: everything delivered, a {@code task_result} for every task that could not write its own, and a verdict
 * that fails by name what failed.
 */
@NullMarked
package dev.signalwright.worker.delivery;

import org.jspecify.annotations.NullMarked;
