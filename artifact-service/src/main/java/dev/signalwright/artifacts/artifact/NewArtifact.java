package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.identity.HashedBytes;
import dev.signalwright.artifacts.identity.NamedId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that kept every rule that can be checked without the database.
 *
 * @param id UUIDv5 of the key; random without one
 * @param key the idempotency key
 * @param type what it holds
 * @param origin what it claims
 * @param parents what it was made from
 * @param produced the hashed members, defaults filled in, without the blob's hash
 * @param side what is stored beside them
 * @param canonical the bytes that were hashed; not copied
 * @param contentSha256 their hash
 * @param blob the bytes that came along
 */
@SuppressWarnings("ArrayRecordComponent") // identity is not used; copying megabytes would be waste
record NewArtifact(
        UUID id,
        Optional<String> key,
        ArtifactType type,
        Origin origin,
        List<UUID> parents,
        ObjectNode produced,
        Side side,
        byte[] canonical,
        String contentSha256,
        Optional<SentBlob> blob) {

    /** Members that are no part of the content hash. */
    record Side(
            ObjectNode metadata, Optional<String> runId, Optional<String> experimentId, Optional<Instant> spooledAt) {}

    /** @param content with the hash that the service made of it */
    record SentBlob(String mediaType, HashedBytes content) {
        byte[] bytes() {
            return content.bytes();
        }

        String sha256() {
            return content.sha256();
        }
    }

    /** The run it belongs to: its workflow and Airflow's run id, when it names both. */
    Optional<Run> run() {
        String workflow = text("dag_id") == null ? text("workflow_id") : text("dag_id");
        String runId = text("execution_id");
        return workflow == null || runId == null ? Optional.empty() : Optional.of(new Run(workflow, runId));
    }

    /** A run by its names. */
    record Run(String dagId, String runId) {
        UUID executionUuid() {
            return NamedId.ofExecution(dagId, runId);
        }
    }

    /** The same with a blob that is stored already. */
    NewArtifact withBlobHash(String blobSha256) {
        byte[] bytes = CanonicalJson.of(ArtifactReader.withBlob(produced, Optional.of(blobSha256)));
        return new NewArtifact(
                id, key, type, origin, parents, produced, side, bytes, CanonicalJson.sha256(bytes), blob);
    }

    /** What readers will see once it is stored at that instant. */
    Artifact storedAt(Instant now) {
        return new Artifact(
                id,
                key,
                type,
                produced.path("name").asText(),
                Optional.ofNullable(text("symbol")),
                new Artifact.Place(
                        Optional.ofNullable(text("workflow_id")),
                        Optional.ofNullable(text("execution_id")),
                        Optional.ofNullable(text("dag_id")),
                        Optional.ofNullable(text("task_id")),
                        Optional.ofNullable(text("step_name")),
                        Optional.ofNullable(integer("map_index")),
                        Optional.ofNullable(integer("try_number")),
                        run().map(Run::executionUuid)),
                Optional.ofNullable(text("as_of")).map(ArtifactRules::instant),
                origin,
                parents,
                side.runId(),
                side.experimentId(),
                produced,
                side.metadata(),
                contentSha256,
                blob.map(bytes -> new Artifact.BlobInfo(bytes.sha256(), bytes.mediaType(), bytes.bytes().length)),
                now,
                now,
                side.spooledAt());
    }

    /** Its run has one more; empty when it belongs to none. */
    Optional<ArtifactChanged> change() {
        return run().map(run ->
                new ArtifactChanged(run.executionUuid(), run.dagId(), run.runId(), key.isPresent(), false, type));
    }

    /** Copies the produced members into the columns that show them to SQL. */
    void fill(ArtifactEntity row) {
        row.name = produced.path("name").asText();
        row.type = type.wire();
        row.symbol = text("symbol");
        row.workflowId = text("workflow_id");
        row.executionId = text("execution_id");
        row.dagId = text("dag_id");
        row.taskId = text("task_id");
        row.stepName = text("step_name");
        row.mapIndex = integer("map_index");
        row.tryNumber = integer("try_number");
        String asOf = text("as_of");
        row.asOf = asOf == null ? null : ArtifactRules.instant(asOf);
        row.prompt = text("prompt");
        row.promptLength = whole("prompt_length");
        row.responseLength = whole("response_length");
        row.modelName = text("model_name");
        row.chartType = text("chart_type");
        row.imagePath = text("image_path");
        row.action = text("action");
        row.confidence = produced.has("confidence") ? produced.get("confidence").doubleValue() : null;
        row.signalData = produced.has("signal_data") ? CanonicalText.of(produced.get("signal_data")) : null;
        row.dataOutline = MarketBars.outline(produced).map(ObjectNode::toString).orElse(null);
        row.origin = origin.wire();
        row.contentSha256 = contentSha256;
        row.canonical = canonical;
        row.canonicalSize = canonical.length;
        row.executionUuid = run().map(Run::executionUuid).orElse(null);
    }

    private @Nullable String text(String member) {
        return produced.path(member).textValue();
    }

    private @Nullable Integer integer(String member) {
        return produced.has(member) ? (Integer) produced.get(member).intValue() : null;
    }

    private @Nullable Long whole(String member) {
        return produced.has(member) ? (Long) produced.get(member).longValue() : null;
    }
}
