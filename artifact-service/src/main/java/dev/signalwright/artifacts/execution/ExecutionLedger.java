package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.ArtifactChanged;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;

/** Keeps the rows of {@code execution} true, in the transaction of the artifact that came or went. */
@ApplicationScoped
class ExecutionLedger {
    private final ExecutionRepository executions;
    private final Artifacts artifacts;
    private final Clock clock;

    ExecutionLedger(ExecutionRepository executions, Artifacts artifacts, Clock clock) {
        this.executions = executions;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    void artifactChanged(@Observes ArtifactChanged change) {
        executions.touch(change.executionUuid(), change.dagId(), change.runId(), change.keyed(), clock.instant());
        if (change.type() == ArtifactType.TASK_RESULT && change.keyed()) {
            List<TaskResult> results = artifacts.taskResults(List.of(change.executionUuid())).stream()
                    .map(TaskResult::of)
                    .toList();
            executions.decide(change.executionUuid(), RunVerdict.of(RunVerdict.newestTries(results)));
        }
    }
}
