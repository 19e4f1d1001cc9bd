package dev.signalwright.artifacts.lineage;

import dev.signalwright.artifacts.lineage.Graph.Edge;
import dev.signalwright.artifacts.lineage.Graph.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every query on lines between artifacts. Callers hold the transaction. */
@ApplicationScoped
class LineageRepository {
    private final EntityManager database;

    LineageRepository(EntityManager database) {
        this.database = database;
    }

    /** Ids of what these were made from, at most so many. */
    List<UUID> parents(Collection<UUID> ids, int most) {
        return next("select distinct parent_id from artifact_parent where artifact_id in (:ids)", ids, most);
    }

    /** Ids of what was made from these, at most so many. */
    List<UUID> children(Collection<UUID> ids, int most) {
        return next("select distinct artifact_id from artifact_parent where parent_id in (:ids)", ids, most);
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private List<UUID> next(String sql, Collection<UUID> ids, int most) {
        return ids.isEmpty()
                ? List.of()
                : database.createNativeQuery(sql, UUID.class)
                        .setParameter("ids", ids)
                        .setMaxResults(most)
                        .getResultList();
    }

    /** Ids of everything of a run, tombstones too, oldest first, at most so many. */
    @SuppressWarnings("unchecked") // a native query has no type
    List<UUID> ofExecution(UUID execution, int most) {
        return database.createNativeQuery(
                        "select id from artifact where execution_uuid = :execution order by created_at, id", UUID.class)
                .setParameter("execution", execution)
                .setMaxResults(most)
                .getResultList();
    }

    boolean isExecution(UUID execution) {
        return !database.createNativeQuery("select 1 from execution where id = :execution", Integer.class)
                .setParameter("execution", execution)
                .getResultList()
                .isEmpty();
    }

    /** The nodes with depth 0, by time of storing. */
    @SuppressWarnings("unchecked") // a native query has no type
    List<Node> nodes(Collection<UUID> ids) {
        List<Tuple> rows = ids.isEmpty()
                ? List.of()
                : database.createNativeQuery("""
                        select id, type, name, symbol, task_id, try_number, origin, action, content_sha256, created_at,
                               execution_uuid, deleted_at
                        from artifact where id in (:ids) order by created_at, id""", Tuple.class)
                        .setParameter("ids", ids)
                        .getResultList();
        return rows.stream().map(LineageRepository::node).toList();
    }

    /** Every line between two of these. */
    @SuppressWarnings("unchecked") // a native query has no type
    List<Edge> edges(Collection<UUID> ids) {
        List<Tuple> rows = ids.isEmpty()
                ? List.of()
                : database.createNativeQuery("""
                        select parent_id, artifact_id from artifact_parent
                        where artifact_id in (:ids) and parent_id in (:ids)
                        order by artifact_id, position""", Tuple.class)
                        .setParameter("ids", ids)
                        .getResultList();
        return rows.stream()
                .map(row -> new Edge(row.get("parent_id", UUID.class), row.get("artifact_id", UUID.class)))
                .toList();
    }

    private static Node node(Tuple row) {
        return new Node(
                row.get("id", UUID.class),
                0,
                row.get("type", String.class),
                row.get("name", String.class),
                get(row, "symbol", String.class),
                get(row, "task_id", String.class),
                get(row, "try_number", Integer.class),
                row.get("origin", String.class),
                get(row, "action", String.class),
                row.get("content_sha256", String.class),
                row.get("created_at", Instant.class),
                get(row, "execution_uuid", UUID.class),
                row.get("deleted_at", Instant.class) != null);
    }

    private static <T> Optional<T> get(Tuple row, String column, Class<T> type) {
        @Nullable T value = row.get(column, type);
        return Optional.ofNullable(value);
    }
}
