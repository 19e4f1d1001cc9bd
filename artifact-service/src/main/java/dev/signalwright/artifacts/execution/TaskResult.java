package dev.signalwright.artifacts.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalwright.artifacts.artifact.Artifact;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What one try of a task reported at its end.
 *
 * @param artifactId the artifact that holds the report
 * @param mapIndex -1 for a task that is not mapped
 * @param outcome done, skipped, refused, try_again or failed
 * @param reason why, a sentence; empty when there is nothing to say
 * @param degraded done, but not as intended
 * @param degradedReason why it is degraded
 * @param seconds how long it took, if reported
 * @param symbols outcome and reason by symbol, an object. Not to be changed
 * @param at when the report arrived
 */
public record TaskResult(
        UUID artifactId,
        String taskId,
        int mapIndex,
        int tryNumber,
        String outcome,
        Optional<String> reason,
        boolean degraded,
        Optional<String> degradedReason,
        Optional<Double> seconds,
        JsonNode symbols,
        Instant at) {
    private static final int NOT_MAPPED = -1;

    static TaskResult of(Artifact artifact) {
        JsonNode data = artifact.member("data").orElseGet(JsonNodeFactory.instance::objectNode);
        JsonNode symbols = data.path("symbols");
        return new TaskResult(
                artifact.id(),
                artifact.place().taskId().orElse(artifact.name()),
                artifact.place().mapIndex().orElse(NOT_MAPPED),
                artifact.place().tryNumber().orElse(1),
                data.path("outcome").asText("done"),
                text(data, "reason"),
                data.path("degraded").asBoolean(false),
                text(data, "degraded_reason"),
                data.path("seconds").isNumber()
                        ? Optional.of(data.path("seconds").doubleValue())
                        : Optional.empty(),
                symbols.isObject() ? symbols : JsonNodeFactory.instance.objectNode(),
                artifact.createdAt());
    }

    private static Optional<String> text(JsonNode data, String member) {
        return Optional.ofNullable(data.path(member).textValue()).filter(text -> !text.isBlank());
    }

    boolean ended(String word) {
        return outcome.equals(word);
    }
}
