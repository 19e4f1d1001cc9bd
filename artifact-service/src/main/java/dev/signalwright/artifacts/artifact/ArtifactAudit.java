package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.identity.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts as an auditor looks at them: the canonical bytes are the truth, and everything beside them is compared with it.
 * Callers hold the transaction.
 */
@ApplicationScoped
public class ArtifactAudit {
    private final ArtifactRepository artifacts;
    private final EntityManager database;

    ArtifactAudit(ArtifactRepository artifacts, EntityManager database) {
        this.artifacts = artifacts;
        this.database = database;
    }

    /**
     * What a seal says of an artifact besides its content.
     *
     * @param sideSha256 over everything that the canonical bytes do not hold: docs/seals.md
     */
    public record Side(Optional<String> key, Optional<String> blobSha256, List<UUID> parents, String sideSha256) {}

    /**
     * One artifact, looked at.
     *
     * @param canonicalSha256 of the stored canonical bytes; empty for a tombstone
     * @param differing the columns that do not say what the canonical bytes say, in alphabetical order
     */
    public record Looked(
            UUID id,
            Instant createdAt,
            boolean deleted,
            String contentSha256,
            Optional<String> canonicalSha256,
            List<String> differing,
            Side side) {}

    /** The sides of these artifacts; one that has no row is absent. */
    @SuppressWarnings("unchecked") // a native query has no type
    public Map<UUID, Side> sides(Collection<UUID> ids) {
        List<Tuple> rows = database.createNativeQuery("""
                        select a.id, a.key, a.run_id, a.experiment_id, cast(a.metadata as text) as metadata, a.blob_sha256,
                               a.blob_media_type, a.blob_size, a.created_at, a.spooled_at, a.deleted_at,
                               (select string_agg(cast(p.parent_id as text), ',' order by p.position)
                                from artifact_parent p where p.artifact_id = a.id) as parents
                        from artifact a where a.id = any(:ids)""", Tuple.class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
        return rows.stream().collect(Collectors.toMap(row -> row.get("id", UUID.class), ArtifactAudit::side));
    }

    private static Side side(Tuple row) {
        ArtifactEntity entity = new ArtifactEntity();
        entity.key = row.get("key", String.class);
        entity.runId = row.get("run_id", String.class);
        entity.experimentId = row.get("experiment_id", String.class);
        entity.metadata = row.get("metadata", String.class);
        entity.blobSha256 = row.get("blob_sha256", String.class);
        entity.blobMediaType = row.get("blob_media_type", String.class);
        entity.blobSize = row.get("blob_size", Long.class);
        entity.createdAt = row.get("created_at", Instant.class);
        entity.spooledAt = row.get("spooled_at", Instant.class);
        entity.deletedAt = row.get("deleted_at", Instant.class);
        String parents = row.get("parents", String.class);
        if (parents != null) {
            List.of(parents.split(",")).forEach(parent -> entity.parents.add(UUID.fromString(parent)));
        }
        return side(entity);
    }

    private static Side side(ArtifactEntity row) {
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        put(json, "key", row.key);
        put(json, "run_id", row.runId);
        put(json, "experiment_id", row.experimentId);
        put(json, "blob_media_type", row.blobMediaType);
        put(json, "created_at", row.createdAt.toString());
        put(json, "spooled_at", row.spooledAt == null ? null : row.spooledAt.toString());
        if (row.blobSize != null) {
            json.put("blob_size", row.blobSize);
        }
        if (row.metadata != null) {
            json.set("metadata", CanonicalJson.parse(row.metadata));
        }
        json.put("deleted", row.isDeleted());
        return new Side(
                Optional.ofNullable(row.key),
                Optional.ofNullable(row.blobSha256),
                List.copyOf(row.parents),
                Sha256.of(CanonicalJson.of(json)));
    }

    private static void put(ObjectNode json, String member, @Nullable String value) {
        if (value != null) {
            json.put(member, value);
        }
    }

    /**
     * Looks at artifacts, oldest first.
     *
     * @param chain of this execution alone; empty: of all
     * @param after the last one of the page before
     */
    @SuppressWarnings("unchecked") // a native query has no type
    public List<Looked> look(Optional<UUID> chain, Optional<PageCursor> after, int limit) {
        PageCursor from = after.orElseGet(() -> new PageCursor(Instant.EPOCH, new UUID(0, 0)));
        List<UUID> ids = database.createNativeQuery("""
                        select id from artifact
                        where (cast(:chain as uuid) is null or execution_uuid = cast(:chain as uuid))
                          and (created_at, id) > (:at, cast(:id as uuid))
                        order by created_at, id limit :limit""", UUID.class)
                .setParameter("chain", chain.map(UUID::toString).orElse(null))
                .setParameter("at", from.createdAt())
                .setParameter("id", from.id().toString())
                .setParameter("limit", limit)
                .getResultList();
        Map<UUID, ArtifactEntity> rows =
                artifacts.load(ids).stream().collect(Collectors.toMap(row -> row.id, row -> row));
        List<Looked> looked = ids.stream()
                .map(rows::get)
                .filter(Objects::nonNull)
                .map(ArtifactAudit::look)
                .toList();
        // A store is read once from end to end: nothing is looked at again.
        artifacts.getEntityManager().clear();
        return looked;
    }

    private static Looked look(ArtifactEntity row) {
        byte[] canonical = row.canonical;
        return new Looked(
                row.id,
                row.createdAt,
                row.isDeleted(),
                row.contentSha256,
                Optional.ofNullable(canonical).map(Sha256::of),
                canonical == null ? List.of() : differing(row, canonical),
                side(row));
    }

    private static List<String> differing(ArtifactEntity row, byte[] canonical) {
        ObjectNode truth;
        try {
            truth = CanonicalJson.parse(canonical);
        } catch (RuntimeException unreadable) {
            return List.of("canonical");
        }
        Map<String, Boolean> same = new TreeMap<>();
        texts(row)
                .forEach((member, value) -> same.put(
                        member, Objects.equals(value, truth.path(member).textValue())));
        same.put("signal_data", sameTree(truth.get("signal_data"), row.signalData));
        numbers(row).forEach((member, value) -> same.put(member, sameNumber(truth.get(member), value)));
        same.put("data_outline", sameTree(MarketBars.outline(truth).orElse(null), row.dataOutline));
        same.put("canonical_size", row.canonicalSize == canonical.length);
        same.put("as_of", Objects.equals(row.asOf, instant(truth.path("as_of"))));
        same.put(
                "blob_sha256",
                Objects.equals(row.blobSha256, truth.path("blob_sha256").textValue()));
        List<UUID> parents = new ArrayList<>();
        truth.path("parents").forEach(parent -> parents.add(UUID.fromString(parent.asText())));
        same.put("artifact_parent", row.parents.equals(parents));
        same.put("execution_uuid", Objects.equals(row.executionUuid, execution(truth)));
        same.put("id", row.key == null || NamedId.ofKey(row.key).equals(row.id));
        return same.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, @Nullable String> texts(ArtifactEntity row) {
        Map<String, @Nullable String> texts = new TreeMap<>();
        texts.put("name", row.name);
        texts.put("type", row.type);
        texts.put("symbol", row.symbol);
        texts.put("workflow_id", row.workflowId);
        texts.put("execution_id", row.executionId);
        texts.put("dag_id", row.dagId);
        texts.put("task_id", row.taskId);
        texts.put("step_name", row.stepName);
        texts.put("prompt", row.prompt);
        texts.put("model_name", row.modelName);
        texts.put("chart_type", row.chartType);
        texts.put("image_path", row.imagePath);
        texts.put("action", row.action);
        texts.put("origin", row.origin);
        return texts;
    }

    private static Map<String, @Nullable Number> numbers(ArtifactEntity row) {
        Map<String, @Nullable Number> numbers = new TreeMap<>();
        numbers.put("map_index", row.mapIndex);
        numbers.put("try_number", row.tryNumber);
        numbers.put("prompt_length", row.promptLength);
        numbers.put("response_length", row.responseLength);
        numbers.put("confidence", row.confidence);
        return numbers;
    }

    private static boolean sameNumber(@Nullable JsonNode truth, @Nullable Number column) {
        if (truth == null || column == null) {
            return (truth == null) == (column == null);
        }
        return truth.doubleValue() == column.doubleValue();
    }

    /** PostgreSQL keeps a tree's meaning, not its text: both are compared in their canonical form. */
    private static boolean sameTree(@Nullable JsonNode truth, @Nullable String column) {
        if (truth == null || column == null) {
            return (truth == null) == (column == null);
        }
        return java.util.Arrays.equals(
                CanonicalJson.of(CanonicalJson.MAPPER.createObjectNode().set("tree", truth)),
                CanonicalJson.of(CanonicalJson.parse("{\"tree\":" + column + "}")));
    }

    private static @Nullable Instant instant(JsonNode text) {
        return text instanceof TextNode ? ArtifactRules.instant(text.asText()) : null;
    }

    private static @Nullable UUID execution(ObjectNode truth) {
        String workflow = truth.path("dag_id").isTextual()
                ? truth.path("dag_id").textValue()
                : truth.path("workflow_id").textValue();
        String run = truth.path("execution_id").textValue();
        return workflow == null || run == null ? null : NamedId.ofExecution(workflow, run);
    }
}
