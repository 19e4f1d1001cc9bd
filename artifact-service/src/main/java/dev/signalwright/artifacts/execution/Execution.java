package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.Artifacts.RunContent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of one workflow.
 *
 * @param id UUIDv5 of workflow and run, {@code docs/identity.md}
 * @param dagId the workflow
 * @param runId Airflow's run id
 * @param state how it stands
 * @param degraded whether a task did its work in a lesser way
 * @param reason why it failed, was skipped or is degraded
 * @param content its artifacts by type, and its symbols
 * @param firstAt when its first artifact arrived
 * @param lastAt when its newest artifact arrived
 * @param tasks the newest try of each task that has reported, in the order in which they first reported
 */
public record Execution(
        UUID id,
        String dagId,
        String runId,
        ExecutionState state,
        boolean degraded,
        Optional<String> reason,
        RunContent content,
        Instant firstAt,
        Instant lastAt,
        List<TaskResult> tasks) {
    public Execution {
        tasks = List.copyOf(tasks);
    }
}
