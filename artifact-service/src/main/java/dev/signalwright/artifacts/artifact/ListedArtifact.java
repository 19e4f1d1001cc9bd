package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An artifact in a list. The canonical bytes are JSON already: they are passed on as they are, with the service's members
 * before them, because reading and writing a page of charts and bars again costs more than finding it.
 *
 * @param json the contract's JSON
 */
record ListedArtifact(UUID id, Optional<String> executionId, Instant createdAt, JsonNode json) {
    private static final String BLOB = "\"" + CanonicalJson.BLOB_MEMBER + "\":\"";

    private static final int SHA256_LENGTH = 64;

    static ListedArtifact of(Artifact artifact, ArtifactFields fields) {
        return new ListedArtifact(
                artifact.id(),
                artifact.place().executionId(),
                artifact.createdAt(),
                fields.of(ArtifactJson.of(artifact)));
    }

    /**
     * @param artifact without content
     * @param canonical the content
     */
    static ListedArtifact of(Artifact artifact, byte[] canonical) {
        ObjectNode around = ArtifactJson.of(artifact);
        artifact.produced().fieldNames().forEachRemaining(around::remove);
        String members = around.toString();
        String content = withoutBlob(new String(canonical, StandardCharsets.UTF_8));
        String json = content.equals("{}")
                ? members
                : members.substring(0, members.length() - 1) + "," + content.substring(1);
        return new ListedArtifact(
                artifact.id(), artifact.place().executionId(), artifact.createdAt(), new POJONode(new RawValue(json)));
    }

    /** Its quotes are escaped wherever text holds the same, so the first one found is the member. */
    private static String withoutBlob(String canonical) {
        int at = canonical.indexOf(BLOB);
        if (at < 0) {
            return canonical;
        }
        int end = at + BLOB.length() + SHA256_LENGTH + 1;
        return canonical.charAt(end) == ','
                ? canonical.substring(0, at) + canonical.substring(end + 1)
                : canonical.substring(0, at - 1) + canonical.substring(end);
    }
}
