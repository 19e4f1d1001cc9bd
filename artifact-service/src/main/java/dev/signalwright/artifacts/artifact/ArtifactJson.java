package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;

/** The contract's JSON of an artifact: the produced members exactly as they were hashed, and the service's around them. */
final class ArtifactJson {
    private ArtifactJson() {}

    static ObjectNode of(Artifact artifact) {
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        json.put("id", artifact.id().toString());
        artifact.key().ifPresent(key -> json.put("key", key));
        json.setAll(artifact.produced());
        json.remove(CanonicalJson.BLOB_MEMBER);
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
