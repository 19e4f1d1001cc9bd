package dev.signalwright.worker.task;

import dev.signalwright.worker.artifacts.ArtifactDesk;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.settings.Settings;
import java.time.Clock;

/**
 * Everything one run of one task is given.
 *
 * @param context where in Airflow it runs
 * @param settings the validated settings
 * @param desk where artifacts are read and handed over
 * @param log the log that Airflow shows
 * @param clock the only clock a task may read
 */
public record TaskRun(TaskContext context, Settings settings, ArtifactDesk desk, TaskLog log, Clock clock) {}
