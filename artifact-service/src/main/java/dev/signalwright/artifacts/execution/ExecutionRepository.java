package dev.signalwright.artifacts.execution;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Every query on executions. Callers hold the transaction. */
@ApplicationScoped
class ExecutionRepository implements PanacheRepositoryBase<ExecutionEntity, UUID> {
    /** True when the run stands otherwise than before. */
    boolean decide(UUID id, RunVerdict verdict) {
        return update(
                        """
                        state = :state, degraded = :degraded, reason = :reason where id = :id
                        and (state <> :state or degraded <> :degraded or coalesce(reason, '') <> :reason)""",
                        Map.of(
                                "state", verdict.state().wire(),
                                "degraded", verdict.degraded(),
                                "reason", verdict.reason().orElse(""),
                                "id", id))
                > 0;
    }

    List<ExecutionEntity> page(ExecutionQuery query) {
        List<String> conditions = new ArrayList<>(List.of("id is not null"));
        Map<String, Object> values = new HashMap<>();
        query.dagId().ifPresent(dagId -> {
            conditions.add("dagId = :dagId");
            values.put("dagId", dagId);
        });
        query.state().ifPresent(state -> {
            conditions.add("state = :state");
            values.put("state", state.wire());
        });
        query.createdAfter().ifPresent(after -> {
            conditions.add("createdAt > :after");
            values.put("after", after);
        });
        query.createdBefore().ifPresent(before -> {
            conditions.add("createdAt < :before");
            values.put("before", before);
        });
        query.cursor().ifPresent(cursor -> {
            conditions.add("(createdAt < :cursorAt or (createdAt = :cursorAt and id < :cursorId))");
            values.put("cursorAt", cursor.createdAt());
            values.put("cursorId", cursor.id());
        });
        return find(String.join(" and ", conditions) + " order by createdAt desc, id desc", values)
                .page(0, query.limit() + 1)
                .list();
    }
}
