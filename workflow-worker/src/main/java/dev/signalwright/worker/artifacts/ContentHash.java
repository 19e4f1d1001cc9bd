package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;

/** What {@code docs/identity.md} calls {@code content_sha256}, and plain SHA-256. */
final class ContentHash {
    private static final Set<String> NOT_CONTENT = Set.of(
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

    private ContentHash() {}

    /** The hash of the artifact's produced members and of its blob's hash. */
    static String of(ObjectNode artifact, Optional<String> blobSha256) {
        ObjectNode content = artifact.objectNode();
        for (Map.Entry<String, JsonNode> member : artifact.properties()) {
            if (!NOT_CONTENT.contains(member.getKey()) && !member.getValue().isNull()) {
                content.set(member.getKey(), member.getValue());
            }
        }
        blobSha256.ifPresent(hash -> content.put("blob_sha256", hash));
        try {
            return sha256(new JsonCanonicalizer(content.toString()).getEncodedUTF8());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The artifact cannot be put into canonical JSON (RFC 8785): " + e.getMessage(), e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    static byte[] utf8(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
