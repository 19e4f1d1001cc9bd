/**
 * One task of one run: its context and its report, the runner that does it, and the result that Airflow and the pages
 * read. Tasks themselves live in their features' rooms; the catalog is filled by the wiring.
 */
@NullMarked
package dev.signalwright.worker.task;

import org.jspecify.annotations.NullMarked;
