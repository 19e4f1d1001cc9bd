/**
 * Retention: how long content is kept. Enters: rules by type and age, and holds that operators place on runs. Leaves:
 * tombstones, a record of every run of the job, and what the next run would take. Without rules nothing ever goes.
 * {@code docs/retention.md}. Everything here may be used by several threads and replicas at once.
 */
@NullMarked
package dev.signalwright.artifacts.retention;

import org.jspecify.annotations.NullMarked;
