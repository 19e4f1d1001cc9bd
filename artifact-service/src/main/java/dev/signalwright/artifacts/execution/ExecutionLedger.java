package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.ArtifactChanged;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.ArtifactsChanged;
import dev.signalwright.artifacts.artifact.RunRows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps the rows of {@code execution} true, in the transaction of the artifacts that came or went. */
@ApplicationScoped
class ExecutionLedger implements RunRows {
    private final ExecutionTouch touch;
    private final ExecutionRepository executions;
    private final Artifacts artifacts;
    private final Clock clock;
    private final SettledRuns settled = new SettledRuns();

    ExecutionLedger(ExecutionTouch touch, ExecutionRepository executions, Artifacts artifacts, Clock clock) {
        this.touch = touch;
        this.executions = executions;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** How a run ends follows from its task results. */
    @Override
    public boolean isRowOnly(ArtifactChanged change) {
        return change.type() != ArtifactType.TASK_RESULT;
    }

    @Override
    public List<ArtifactChanged> missing(List<ArtifactChanged> changes) {
        return open(changes, Set.of());
    }

    @Override
    public String withRows() {
        return ExecutionTouch.WITH;
    }

    @Override
    public int bind(PreparedStatement statement, int place, List<ArtifactChanged> missing, String actor, Instant now)
            throws SQLException {
        return ExecutionTouch.bind(statement, place, missing, actor, now);
    }

    @Override
    public void committed(List<ArtifactChanged> changes) {
        changes.forEach(settled::add);
    }

    void artifactsChanged(@Observes ArtifactsChanged event) throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Set<UUID> reported = event.changes().stream()
                .filter(change -> change.type() == ArtifactType.TASK_RESULT && change.keyed())
                .map(ArtifactChanged::executionUuid)
                .collect(Collectors.toCollection(TreeSet::new));
        // Who decides how a run stands holds its row: of two task results at once the later one sees both.
        List<ArtifactChanged> open = open(event.changes(), reported);
        if (!open.isEmpty()) {
            touch.touch(open, event.actor(), now);
        }
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

    /** Each run once that is among {@code needed} or whose row may be missing. */
    private List<ArtifactChanged> open(List<ArtifactChanged> changes, Set<UUID> needed) {
        // In the order of their ids, so that two transactions never wait for each other in a circle.
        Map<UUID, ArtifactChanged> runs = changes.stream()
                .collect(Collectors.toMap(
                        ArtifactChanged::executionUuid,
                        Function.identity(),
                        (one, other) -> one.keyed() ? one : other,
                        TreeMap::new));
        return runs.values().stream()
                .filter(run -> needed.contains(run.executionUuid()) || !settled.has(run))
                .toList();
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ArtifactsChanged event) {
        committed(event.changes());
    }

    void failed(@Observes(during = TransactionPhase.AFTER_FAILURE) ArtifactsChanged event) {
        event.changes().forEach(settled::forget);
    }
}
