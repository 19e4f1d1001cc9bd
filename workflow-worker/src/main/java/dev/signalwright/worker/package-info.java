/**
 * The workflow worker: one short process per Airflow task. Rooms below this package are features; they meet only
 * through artifacts.
 */
@NullMarked
package dev.signalwright.worker;

import org.jspecify.annotations.NullMarked;
