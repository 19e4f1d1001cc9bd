package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.ArtifactAudit;
import dev.signalwright.artifacts.artifact.CanonicalJson;
import dev.signalwright.artifacts.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The exact texts that are hashed, specified in {@code docs/seals.md}: lines of RFC 8785 JSON. */
final class SealText {
    /** Stands where there is no seal before. */
    static final String NOTHING_BEFORE = "0".repeat(64);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SealText() {}

    /**
     * A row of {@code change}.
     *
     * @param txid not part of any text: another server, restored into, counts anew
     * @param chain the execution; all zeros when it belongs to none
     * @param detail JSON text
     */
    record Change(
            long seq,
            String txid,
            String kind,
            Instant at,
            String actor,
            @Nullable UUID artifactId,
            @Nullable String type,
            @Nullable String symbol,
            @Nullable String contentSha256,
            UUID chain,
            @Nullable String dagId,
            @Nullable String executionId,
            @Nullable String detail) {}

    /** A seal's row without its hashes. */
    record Head(UUID chain, int number, int entries, String previousSha256, Instant sealedAt) {}

    /** What the row itself says; absent members are left out. */
    static ObjectNode of(Change change) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("seq", change.seq());
        json.put("kind", change.kind());
        json.put("at", change.at().toString());
        json.put("actor", change.actor());
        put(
                json,
                "artifact_id",
                change.artifactId() == null ? null : change.artifactId().toString());
        put(json, "type", change.type());
        put(json, "symbol", change.symbol());
        put(json, "content_sha256", change.contentSha256());
        put(json, "dag_id", change.dagId());
        put(json, "execution_id", change.executionId());
        if (change.detail() != null) {
            json.set("detail", read("{\"detail\":" + change.detail() + "}").get("detail"));
        }
        return json;
    }

    /** A line: the change, and its artifact as it stood when it was sealed. */
    static String line(Change change, Optional<ArtifactAudit.Side> artifact) {
        ObjectNode json = of(change);
        artifact.ifPresent(side -> {
            side.key().ifPresent(key -> json.put("key", key));
            side.blobSha256().ifPresent(sha256 -> json.put("blob_sha256", sha256));
            json.put("side_sha256", side.sideSha256());
            var parents = json.putArray("parents");
            side.parents().forEach(parent -> parents.add(parent.toString()));
        });
        return canonical(json);
    }

    static String sha256(Head head, List<String> lines) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("version", 1)
                .put("chain", head.chain().toString())
                .put("number", head.number())
                .put("entries", head.entries())
                .put("previous_sha256", head.previousSha256())
                .put("sealed_at", head.sealedAt().toString());
        StringBuilder text = new StringBuilder(canonical(json));
        lines.forEach(line -> text.append('\n').append(line));
        return Sha256.of(text.toString());
    }

    static String storeSha256(String previous, String sealSha256) {
        return Sha256.of(previous + "\n" + sealSha256);
    }

    /** A line read back. */
    static ObjectNode read(String line) {
        try {
            return (ObjectNode) MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A seal's line is no JSON object any more.", e);
        }
    }

    /** Of any value, so that two can be compared whatever made them. */
    static String canonical(JsonNode value) {
        ObjectNode json = MAPPER.createObjectNode();
        json.set("value", value);
        return canonical(json);
    }

    private static String canonical(ObjectNode json) {
        return new String(CanonicalJson.of(json), StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode json, String member, @Nullable String value) {
        if (value != null) {
            json.put(member, value);
        }
    }
}
