package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.NewArtifact.SentBlob;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import dev.signalwright.artifacts.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Turns what a client sent into a {@link NewArtifact}, or says what is wrong with it. */
final class ArtifactReader {
    /** The largest JSON body in bytes. */
    static final int MOST_JSON_BYTES = 1 << 20;

    /** The largest blob in bytes. */
    static final int MOST_BLOB_BYTES = 16 << 20;

    /** Not part of the content hash: docs/identity.md. */
    private static final Set<String> NOT_HASHED = Set.of(
            "id",
            "key",
            "metadata",
            "run_id",
            "experiment_id",
            "content_sha256",
            "blob",
            "created_at",
            "updated_at",
            "spooled_at");

    private static final String MEDIA_TYPE = "[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}";

    private ArtifactReader() {}

    /**
     * @param body the JSON of an artifact
     * @param blob the bytes that came with it
     * @throws ProblemException with every rule it breaks
     */
    static NewArtifact read(byte[] body, Optional<SentBlob> blob) {
        return read(object(body), blob);
    }

    /** Reads a JSON object within the bounds. */
    static ObjectNode object(byte[] body) {
        return object(body, MOST_JSON_BYTES);
    }

    static ObjectNode object(byte[] body, int most) {
        if (body.length > most) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "The JSON has " + body.length + " bytes; at most " + most + " are read.");
        }
        try {
            JsonNode tree = CanonicalJson.MAPPER.readTree(body);
            if (tree instanceof ObjectNode json) {
                return json;
            }
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body must be one JSON object.");
        } catch (JsonProcessingException e) {
            var where = e.getLocation(); // none when a bound is broken, such as that on depth
            String place =
                    where == null ? "" : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST,
                    "The body is no valid JSON" + place + ": " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is no UTF-8 JSON.");
        }
    }

    /** @param json belongs to the reader from now on: members are added and taken away */
    static NewArtifact read(ObjectNode json, Optional<SentBlob> blob) {
        json.properties().removeIf(member -> member.getValue().isNull());
        boolean keyed = json.has("key");
        if (keyed) {
            ArtifactKey.complete(json, json.path("key").asText());
        } else {
            // Old clients send more than is kept, and always did.
            json.properties().removeIf(member -> !ArtifactRules.isKnown(member.getKey()));
        }
        List<FieldError> errors = new ArrayList<>(JsonValues.unkeepable(json));
        errors.addAll(ArtifactRules.broken(json, keyed, blob.isPresent()));
        blob.ifPresent(bytes -> errors.addAll(blobRules(json, bytes)));
        if (blob.isEmpty() && json.has("blob")) {
            errors.add(new FieldError("blob", "needs its bytes: send multipart/form-data with the part `content`"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.ofFields(ProblemType.NOT_VALID, errors);
        }
        return checked(json, keyed, blob);
    }

    private static NewArtifact checked(ObjectNode json, boolean keyed, Optional<SentBlob> blob) {
        fillDefaults(json);
        UUID id = keyed ? NamedId.ofKey(json.path("key").asText()) : UUID.randomUUID();
        if (keyed && json.has("id") && !json.path("id").asText().equals(id.toString())) {
            throw new ProblemException(
                    ProblemType.ID_MISMATCH, "This key has the id " + id + ".", Map.of("id", id.toString()));
        }
        ObjectNode produced = CanonicalJson.MAPPER.createObjectNode();
        produced.setAll(json);
        produced.remove(NOT_HASHED);
        byte[] canonical = CanonicalJson.of(withBlob(produced, blob.map(SentBlob::sha256)));
        String hash = CanonicalJson.sha256(canonical);
        checkHash("content_sha256", json.path("content_sha256"), hash);
        blob.ifPresent(bytes -> checkHash("blob.sha256", json.path("blob").path("sha256"), bytes.sha256()));
        List<UUID> parents = new ArrayList<>();
        json.path("parents").forEach(parent -> parents.add(UUID.fromString(parent.asText())));
        return new NewArtifact(
                id,
                text(json, "key"),
                ArtifactType.ofWire(json.path("type").asText()).orElseThrow(),
                Origin.ofWire(json.path("origin").asText()).orElseThrow(),
                List.copyOf(parents),
                produced,
                new NewArtifact.Side(
                        json.path("metadata") instanceof ObjectNode metadata
                                ? metadata
                                : CanonicalJson.MAPPER.createObjectNode(),
                        text(json, "run_id"),
                        text(json, "experiment_id"),
                        text(json, "spooled_at").map(ArtifactRules::instant)),
                canonical,
                hash,
                blob);
    }

    /** What is hashed: the produced members and the blob's hash. */
    static ObjectNode withBlob(ObjectNode produced, Optional<String> blobSha256) {
        if (blobSha256.isEmpty()) {
            return produced;
        }
        ObjectNode hashed = CanonicalJson.MAPPER.createObjectNode();
        hashed.setAll(produced);
        return hashed.put(CanonicalJson.BLOB_MEMBER, blobSha256.get());
    }

    private static void fillDefaults(ObjectNode json) {
        if (!json.has("workflow_id") && json.has("dag_id")) {
            json.set("workflow_id", json.get("dag_id"));
        }
        if (!json.has("step_name") && json.has("task_id")) {
            json.set("step_name", json.get("task_id"));
        }
        if (!json.has("origin")) {
            json.put("origin", Origin.UNKNOWN.wire());
        }
    }

    private static List<FieldError> blobRules(ObjectNode json, SentBlob blob) {
        List<FieldError> errors = new ArrayList<>();
        if (blob.bytes().length > MOST_BLOB_BYTES) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "The blob has " + blob.bytes().length + " bytes; at most " + MOST_BLOB_BYTES + " are stored.");
        }
        if (!blob.mediaType().matches(MEDIA_TYPE)) {
            errors.add(new FieldError("content", "needs a media type such as image/png"));
        }
        boolean mustBePng = blob.mediaType().equals("image/png")
                || (json.has("key") && json.path("type").asText().equals(ArtifactType.CHART.wire()));
        if (mustBePng) {
            PngHead.broken(blob.bytes()).ifPresent(rule -> errors.add(new FieldError("content", rule)));
        }
        String declared = json.path("blob").path("media_type").asText(blob.mediaType());
        if (!declared.equals(blob.mediaType())) {
            errors.add(new FieldError("blob.media_type", "must be the type of the part `content`"));
        }
        return errors;
    }

    private static void checkHash(String field, JsonNode sent, String computed) {
        if (!sent.isMissingNode() && !sent.asText().equals(computed)) {
            throw new ProblemException(
                    ProblemType.HASH_MISMATCH,
                    "`" + field + "` is not the hash of what was sent. docs/identity.md says how it is computed.",
                    Map.of("field", field, "sent_sha256", sent.asText(), "computed_sha256", computed));
        }
    }

    private static Optional<String> text(ObjectNode json, String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
