package dev.signalwright.artifacts.retention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Every query on holds and on runs of the job. Callers hold the transaction. */
@ApplicationScoped
class RetentionRepository {
    private static final String HOLD = """
            select h.execution_uuid, e.dag_id, e.run_id, h.reason, h.placed_by, h.placed_at
            from execution_hold h join execution e on e.id = h.execution_uuid""";

    private final EntityManager database;

    RetentionRepository(EntityManager database) {
        this.database = database;
    }

    void record(Retention.Run run) {
        database.createNativeQuery("""
                        insert into retention_run (started_at, ended_at, actor, artifacts, bytes, rules)
                        values (:started, :ended, :actor, :artifacts, :bytes, :rules)""")
                .setParameter("started", run.startedAt())
                .setParameter("ended", run.endedAt())
                .setParameter("actor", run.actor())
                .setParameter("artifacts", run.artifacts())
                .setParameter("bytes", run.bytes())
                .setParameter("rules", run.rules())
                .executeUpdate();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    List<Retention.Run> runs(int limit) {
        List<Tuple> rows = database.createNativeQuery(
                        "select started_at, ended_at, actor, artifacts, bytes, rules from retention_run order by id desc limit :limit",
                        Tuple.class)
                .setParameter("limit", limit)
                .getResultList();
        return rows.stream()
                .map(row -> new Retention.Run(
                        row.get("started_at", Instant.class),
                        row.get("ended_at", Instant.class),
                        row.get("actor", String.class),
                        row.get("artifacts", Integer.class),
                        row.get("bytes", Long.class),
                        row.get("rules", String.class)))
                .toList();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    List<Retention.Hold> holds() {
        List<Tuple> rows = database.createNativeQuery(HOLD + " order by h.placed_at desc limit 1000", Tuple.class)
                .getResultList();
        return rows.stream().map(RetentionRepository::hold).toList();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    Optional<Retention.Hold> hold(UUID execution) {
        List<Tuple> rows = database.createNativeQuery(HOLD + " where h.execution_uuid = :execution", Tuple.class)
                .setParameter("execution", execution)
                .getResultList();
        return rows.stream().findFirst().map(RetentionRepository::hold);
    }

    private static Retention.Hold hold(Tuple row) {
        return new Retention.Hold(
                row.get("execution_uuid", UUID.class),
                row.get("dag_id", String.class),
                row.get("run_id", String.class),
                row.get("reason", String.class),
                row.get("placed_by", String.class),
                row.get("placed_at", Instant.class));
    }

    /** Locks the run first: a deletion that is under way either sees the hold or is over. */
    boolean place(UUID execution, String reason, String who, Instant now) {
        boolean there = !database.createNativeQuery("select 1 from execution where id = :id for no key update")
                .setParameter("id", execution)
                .getResultList()
                .isEmpty();
        if (there) {
            database.createNativeQuery("""
                            insert into execution_hold (execution_uuid, reason, placed_by, placed_at)
                            values (:id, :reason, :who, :now)
                            on conflict (execution_uuid) do update set reason = excluded.reason, placed_by = excluded.placed_by""")
                    .setParameter("id", execution)
                    .setParameter("reason", reason)
                    .setParameter("who", who)
                    .setParameter("now", now)
                    .executeUpdate();
        }
        return there;
    }

    void lift(UUID execution) {
        database.createNativeQuery("delete from execution_hold where execution_uuid = :id")
                .setParameter("id", execution)
                .executeUpdate();
    }
}
