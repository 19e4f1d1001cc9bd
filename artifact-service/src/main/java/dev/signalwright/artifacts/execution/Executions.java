package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.Artifacts.RunContent;
import dev.signalwright.artifacts.artifact.PageCursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reading executions: the face of this room for pages and for other rooms. */
@ApplicationScoped
public class Executions {
    private static final RunContent NOTHING = new RunContent(Map.of(), List.of(), Optional.empty());

    private final ExecutionRepository executions;
    private final Artifacts artifacts;

    Executions(ExecutionRepository executions, Artifacts artifacts) {
        this.executions = executions;
        this.artifacts = artifacts;
    }

    @Transactional
    public Optional<Execution> find(UUID id) {
        return executions.findByIdOptional(id).map(row -> views(List.of(row)).getFirst());
    }

    /** Newest first. */
    @Transactional
    public ExecutionPage page(ExecutionQuery query) {
        List<ExecutionEntity> rows = executions.page(query);
        List<ExecutionEntity> taken = rows.stream().limit(query.limit()).toList();
        Optional<PageCursor> next = rows.size() > taken.size()
                ? Optional.of(new PageCursor(taken.getLast().createdAt, taken.getLast().id))
                : Optional.empty();
        return new ExecutionPage(views(taken), next);
    }

    private List<Execution> views(List<ExecutionEntity> rows) {
        List<UUID> ids = rows.stream().map(row -> row.id).toList();
        Map<UUID, RunContent> contents = artifacts.contentOf(ids);
        Map<UUID, List<TaskResult>> results = artifacts.taskResults(ids).stream()
                .collect(Collectors.groupingBy(
                        Executions::executionOf, Collectors.mapping(TaskResult::of, Collectors.toList())));
        return rows.stream()
                .map(row -> view(
                        row,
                        contents.getOrDefault(row.id, NOTHING),
                        RunVerdict.newestTries(results.getOrDefault(row.id, List.of()))))
                .toList();
    }

    private static UUID executionOf(Artifact artifact) {
        return artifact.place().executionUuid().orElseThrow();
    }

    private static Execution view(ExecutionEntity row, RunContent content, List<TaskResult> tasks) {
        return new Execution(
                row.id,
                row.dagId,
                row.runId,
                ExecutionState.ofWire(row.state).orElseThrow(),
                row.degraded,
                Optional.ofNullable(row.reason).filter(reason -> !reason.isEmpty()),
                content,
                row.createdAt,
                content.newestAt().orElse(row.createdAt),
                tasks);
    }
}
