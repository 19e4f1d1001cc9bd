package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/**
 * An artifact as a file: a manifest, the artifact as every answer shows it, and the exact text its hash is the hash of, so
 * that whoever receives the file can check it without this service.
 */
final class DownloadAnswer {
    /** A file name is made of these; everything else becomes a minus sign. */
    private static final String NOT_IN_NAMES = "[^A-Za-z0-9_-]+";

    private static final int LONGEST_PART = 40;

    private DownloadAnswer() {}

    static Response of(Artifact artifact) {
        byte[] canonical = CanonicalJson.of(artifact.produced());
        String computed = CanonicalJson.sha256(canonical);
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        ObjectNode manifest = json.putObject("manifest")
                .put("artifact_id", artifact.id().toString())
                .put("content_sha256", artifact.contentSha256())
                .put("hash_matches", computed.equals(artifact.contentSha256()))
                .put("hash_of", "the UTF-8 bytes of the text `canonical` (RFC 8785)")
                .put("canonical_bytes", canonical.length);
        artifact.blob()
                .ifPresent(blob -> manifest.putObject("blob")
                        .put("sha256", blob.sha256())
                        .put("size", blob.size())
                        .put("media_type", blob.mediaType())
                        .put("address", "/api/artifacts/" + artifact.id() + "/content"));
        json.set("artifact", ArtifactJson.of(artifact));
        json.put("canonical", new String(canonical, StandardCharsets.UTF_8));
        return Response.ok(json, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName(artifact) + "\"")
                .build();
    }

    /** Type, symbol, name and the id's first part, in characters that every file system takes. */
    static String fileName(Artifact artifact) {
        String words = artifact.type().wire()
                + artifact.symbol().map(symbol -> "-" + part(symbol)).orElse("")
                + "-"
                + part(artifact.name())
                + "-"
                + artifact.id().toString().substring(0, 8);
        return words + ".json";
    }

    private static String part(String text) {
        String safe = text.replaceAll(NOT_IN_NAMES, "-");
        return safe.length() > LONGEST_PART ? safe.substring(0, LONGEST_PART) : safe;
    }
}
