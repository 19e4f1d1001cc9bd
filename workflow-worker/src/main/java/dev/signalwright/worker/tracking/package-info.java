/**
 * The task {@code log_to_mlflow}: the run's signals and orders enter, one MLflow run leaves, named in an
 * {@code mlflow_run} artifact and patched into the signals. MLflow is a convenience: when it is down the task is done and
 * says that it is degraded. Everything goes over its REST interface with one deadline; repeating a run finds the first
 * MLflow run by its tag and writes the same values again. Not thread-safe.
 */
@NullMarked
package dev.signalwright.worker.tracking;

import org.jspecify.annotations.NullMarked;
