package dev.signalwright.artifacts.execution;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Every query on executions. Callers hold the transaction. */
@ApplicationScoped
class ExecutionRepository implements PanacheRepositoryBase<ExecutionEntity, UUID> {

    /** Makes the run's row if it is not there, notes the time, and locks the row until the transaction ends. */
    void touch(UUID id, String dagId, String runId, boolean keyed, Instant now) {
        getEntityManager()
                .createNativeQuery("""
                        insert into execution (id, dag_id, run_id, state, degraded, created_at, last_at)
                        values (:id, :dagId, :runId, case when :keyed then 'running' else 'unknown' end, false, :now, :now)
                        on conflict (id) do update set
                            last_at = greatest(execution.last_at, excluded.last_at),
                            state = case when execution.state = 'unknown' then excluded.state else execution.state end""")
                .setParameter("id", id)
                .setParameter("dagId", dagId)
                .setParameter("runId", runId)
                .setParameter("keyed", keyed)
                .setParameter("now", now)
                .executeUpdate();
    }

    void decide(UUID id, RunVerdict verdict) {
        update(
                "state = :state, degraded = :degraded, reason = :reason where id = :id",
                Map.of(
                        "state", verdict.state().wire(),
                        "degraded", verdict.degraded(),
                        "reason", verdict.reason().orElse(""),
                        "id", id));
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
