package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads artifacts for lists: the canonical bytes once and nothing twice. The content's own columns, which are there for SQL,
 * would double what is carried.
 */
final class ArtifactColumns {
    /** Produced members that stand in columns; what a client named no value for is absent. */
    private static final List<String> TEXTS = List.of(
            "name",
            "type",
            "symbol",
            "workflow_id",
            "execution_id",
            "dag_id",
            "task_id",
            "step_name",
            "model_name",
            "chart_type",
            "action",
            "image_path",
            "origin");

    private static final List<String> NUMBERS = List.of("map_index", "try_number");

    private ArtifactColumns() {}

    /** Those that are not deleted, in no order. Without content, {@code produced} holds the members of columns only. */
    static List<Artifact> load(EntityManager database, Collection<UUID> ids, boolean withContent) {
        return rows(database, ids, withContent).stream()
                .map(row -> artifact(row, row.get("canonical", byte[].class)))
                .toList();
    }

    /** The same for an answer that shows them whole. */
    static List<ListedArtifact> listed(EntityManager database, Collection<UUID> ids) {
        return rows(database, ids, true).stream()
                .map(row -> ListedArtifact.of(artifact(row, null), row.get("canonical", byte[].class)))
                .toList();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private static List<Tuple> rows(EntityManager database, Collection<UUID> ids, boolean withContent) {
        return ids.isEmpty()
                ? List.of()
                : database.createNativeQuery("""
                        select id, key, name, type, symbol, workflow_id, execution_id, dag_id, task_id, step_name,
                               map_index, try_number, model_name, chart_type, action, image_path, origin, as_of,
                               run_id, experiment_id, content_sha256, blob_sha256, blob_media_type, blob_size,
                               created_at, updated_at, spooled_at, execution_uuid, cast(metadata as text) as metadata,
                               case when :content then canonical end as canonical
                        from artifact where id in (:ids) and deleted_at is null""", Tuple.class)
                        .setParameter("content", withContent)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    private static Artifact artifact(Tuple row, byte @Nullable [] canonical) {
        ObjectNode produced = canonical == null ? ofColumns(row) : CanonicalJson.parse(canonical);
        return new Artifact(
                row.get("id", UUID.class),
                get(row, "key", String.class),
                ArtifactType.ofWire(row.get("type", String.class)).orElseThrow(),
                row.get("name", String.class),
                get(row, "symbol", String.class),
                new Artifact.Place(
                        get(row, "workflow_id", String.class),
                        get(row, "execution_id", String.class),
                        get(row, "dag_id", String.class),
                        get(row, "task_id", String.class),
                        get(row, "step_name", String.class),
                        get(row, "map_index", Integer.class),
                        get(row, "try_number", Integer.class),
                        get(row, "execution_uuid", UUID.class)),
                get(row, "as_of", Instant.class),
                Origin.ofWire(row.get("origin", String.class)).orElseThrow(),
                parents(produced),
                get(row, "run_id", String.class),
                get(row, "experiment_id", String.class),
                produced,
                CanonicalJson.parse(row.get("metadata", String.class)),
                row.get("content_sha256", String.class),
                get(row, "blob_sha256", String.class)
                        .map(sha256 -> new Artifact.BlobInfo(
                                sha256,
                                row.get("blob_media_type", String.class),
                                row.get("blob_size", Number.class).longValue())),
                row.get("created_at", Instant.class),
                row.get("updated_at", Instant.class),
                get(row, "spooled_at", Instant.class));
    }

    private static ObjectNode ofColumns(Tuple row) {
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        TEXTS.forEach(name -> get(row, name, String.class).ifPresent(value -> json.put(name, value)));
        NUMBERS.forEach(name -> get(row, name, Integer.class).ifPresent(value -> json.put(name, value)));
        return json;
    }

    private static List<UUID> parents(ObjectNode produced) {
        List<UUID> parents = new ArrayList<>();
        produced.path("parents").forEach(id -> parents.add(UUID.fromString(id.asText())));
        return List.copyOf(parents);
    }

    private static <T> Optional<T> get(Tuple row, String column, Class<T> type) {
        @Nullable T value = row.get(column, type);
        return Optional.ofNullable(value);
    }
}
