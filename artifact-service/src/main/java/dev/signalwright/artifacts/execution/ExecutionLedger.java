package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.ArtifactChanged;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.ArtifactsChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps the rows of {@code execution} true, in the transaction of the artifacts that came or went. */
@ApplicationScoped
class ExecutionLedger {
    private final ExecutionTouch touch;
    private final ExecutionRepository executions;
    private final Artifacts artifacts;
    private final Clock clock;

    ExecutionLedger(ExecutionTouch touch, ExecutionRepository executions, Artifacts artifacts, Clock clock) {
        this.touch = touch;
        this.executions = executions;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    void artifactsChanged(@Observes ArtifactsChanged event) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // In the order of their ids, so that two transactions never wait for each other in a circle.
        Map<UUID, ArtifactChanged> runs = event.changes().stream()
                .collect(Collectors.toMap(
                        ArtifactChanged::executionUuid,
                        Function.identity(),
                        (one, other) -> one.keyed() ? one : other,
                        TreeMap::new));
        touch.touch(runs.values(), event.actor(), now);
        List<UUID> reported = event.changes().stream()
                .filter(change -> change.type() == ArtifactType.TASK_RESULT && change.keyed())
                .map(ArtifactChanged::executionUuid)
                .distinct()
                .sorted()
                .toList();
        for (UUID run : reported) {
            List<TaskResult> results = artifacts.taskResults(List.of(run)).stream()
                    .map(TaskResult::of)
                    .toList();
            RunVerdict verdict = RunVerdict.of(RunVerdict.newestTries(results));
            if (executions.decide(run, verdict)) {
                touch.tell(run, event.actor(), now);
            }
        }
    }
}
