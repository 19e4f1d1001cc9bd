package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** The contract's JSON of an artifact: the produced members exactly as they were hashed, and the service's around them. */
final class ArtifactJson {
    private ArtifactJson() {}

    static ObjectNode of(Artifact artifact) {
        ObjectNode json = own(artifact);
        json.setAll(artifact.produced());
        json.remove(CanonicalJson.BLOB_MEMBER);
        return json;
    }

    static byte[] bytes(Artifact artifact) {
        return bytes(of(artifact));
    }

    /** The same as it was sent just now: its canonical bytes are JSON already, and need only the service's members. */
    static byte[] around(NewArtifact sent, Artifact stored) {
        if (sent.blob().isPresent()) {
            return bytes(stored); // its canonical bytes have a member more
        }
        byte[] own = bytes(own(stored));
        byte[] produced = sent.canonical();
        byte[] json = Arrays.copyOf(own, own.length + produced.length - 1);
        json[own.length - 1] = ',';
        System.arraycopy(produced, 1, json, own.length, produced.length - 1);
        return json;
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return CanonicalJson.MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A tree in memory cannot be written.", e);
        }
    }

    /** The service's members. */
    private static ObjectNode own(Artifact artifact) {
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        json.put("id", artifact.id().toString());
        artifact.key().ifPresent(key -> json.put("key", key));
        artifact.mlflowRunId().ifPresent(id -> json.put("run_id", id));
        artifact.mlflowExperimentId().ifPresent(id -> json.put("experiment_id", id));
        json.set("metadata", artifact.metadata());
        json.put("content_sha256", artifact.contentSha256());
        artifact.blob()
                .ifPresent(blob -> json.putObject("blob")
                        .put("sha256", blob.sha256())
                        .put("media_type", blob.mediaType())
                        .put("size", blob.size()));
        json.put("created_at", DateTimeFormatter.ISO_INSTANT.format(artifact.createdAt()));
        json.put("updated_at", DateTimeFormatter.ISO_INSTANT.format(artifact.updatedAt()));
        artifact.spooledAt().ifPresent(at -> json.put("spooled_at", DateTimeFormatter.ISO_INSTANT.format(at)));
        return json;
    }
}
