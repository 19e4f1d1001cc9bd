package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored artifact as readers see it.
 *
 * @param id UUIDv5 of the key; random without one
 * @param key the idempotency key
 * @param type what it holds
 * @param name its name within the type
 * @param symbol the ticker; empty for account-wide artifacts
 * @param place where in which run it was made
 * @param asOf the instant the run decides for
 * @param origin the worst origin of its parents and itself
 * @param parents ids of what it was made from, in the order the client named them
 * @param mlflowRunId MLflow's run id, {@code run_id} in JSON
 * @param mlflowExperimentId MLflow's experiment id, {@code experiment_id} in JSON
 * @param produced every produced member as it was hashed: name, type, data, chart_data, prompt and so on. Not to be
 *     changed
 * @param metadata the free object. Not to be changed
 * @param contentSha256 hash of the produced content, {@code docs/identity.md}
 * @param blob the bytes that belong to it
 * @param createdAt when the service stored it
 * @param updatedAt when it was last patched
 * @param spooledAt when it was made, if it was delivered late
 */
public record Artifact(
        UUID id,
        Optional<String> key,
        ArtifactType type,
        String name,
        Optional<String> symbol,
        Place place,
        Optional<Instant> asOf,
        Origin origin,
        List<UUID> parents,
        Optional<String> mlflowRunId,
        Optional<String> mlflowExperimentId,
        ObjectNode produced,
        ObjectNode metadata,
        String contentSha256,
        Optional<BlobInfo> blob,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> spooledAt) {

    /**
     * Where an artifact was made. Every part may be absent: foreign clients name what they know.
     *
     * @param executionId Airflow's run id
     * @param mapIndex -1 for a task that is not mapped
     * @param executionUuid id of the execution's page and API address
     */
    public record Place(
            Optional<String> workflowId,
            Optional<String> executionId,
            Optional<String> dagId,
            Optional<String> taskId,
            Optional<String> stepName,
            Optional<Integer> mapIndex,
            Optional<Integer> tryNumber,
            Optional<UUID> executionUuid) {}

    /**
     * @param sha256 lower-case hex
     * @param mediaType as the client declared it; {@code image/png} was checked
     * @param size bytes
     */
    public record BlobInfo(String sha256, String mediaType, long size) {}

    /** A produced text member such as {@code prompt}, {@code response}, {@code model_name}, {@code action}. */
    public Optional<String> text(String member) {
        return member(member).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** A produced number such as {@code confidence}. */
    public Optional<Double> number(String member) {
        return member(member).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
    }

    /** A produced object or array such as {@code data}, {@code chart_data}, {@code signal_data}. */
    public Optional<JsonNode> member(String member) {
        return Optional.ofNullable(produced.get(member));
    }
}
