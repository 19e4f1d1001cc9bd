package dev.signalwright.worker.artifacts;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;

/** One request to the artifact service, as a value, so that it can be sent again. */
sealed interface Call {
    Duration JSON_TIMEOUT = Duration.ofSeconds(5);
    Duration BLOB_TIMEOUT = Duration.ofSeconds(15);
    int MOST_FOUND = 50;

    /** Stores an artifact; its key makes it once. */
    record PutArtifact(UUID id, String json, Optional<Blob> blob) implements Call {
        @Override
        public Duration timeout() {
            return blob.isPresent() ? BLOB_TIMEOUT : JSON_TIMEOUT;
        }

        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return blob.isPresent()
                    ? api.putWithContent(authorization, id.toString(), form(blob.get()))
                    : api.put(authorization, id.toString(), json);
        }

        private ClientMultipartForm form(Blob content) {
            return ClientMultipartForm.create()
                    .entity("artifact", json.getBytes(StandardCharsets.UTF_8), "application/json", byte[].class)
                    .binaryFileUpload("content", "content", Buffer.buffer(content.bytes()), content.mediaType());
        }
    }

    record PatchArtifact(UUID id, String json) implements Call {
        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.patch(authorization, id.toString(), json);
        }
    }

    record FindArtifacts(String dagId, String runId, ArtifactType type, String name, Optional<String> symbol)
            implements Call {
        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.find(authorization, dagId, runId, type.wire(), name, symbol.orElse(null), MOST_FOUND);
        }
    }

    record GetArtifact(String id) implements Call {
        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.get(authorization, id);
        }
    }

    record GetContent(String id) implements Call {
        @Override
        public Duration timeout() {
            return BLOB_TIMEOUT;
        }

        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.content(authorization, id);
        }
    }

    record PutIntent(String slotSha256, String json) implements Call {
        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.putIntent(authorization, slotSha256, json);
        }
    }

    record GetIntent(String slotSha256) implements Call {
        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.intent(authorization, slotSha256);
        }
    }

    /** The one call that is not the same twice. */
    record ClaimIntent(String slotSha256, String json) implements Call {
        @Override
        public boolean idempotent() {
            return false;
        }

        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.claimIntent(authorization, slotSha256, json);
        }
    }

    record SetIntentState(String slotSha256, String json) implements Call {
        @Override
        public Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization) {
            return api.setIntentState(authorization, slotSha256, json);
        }
    }

    /** Sends it once; the answer is not looked at. */
    Uni<RestResponse<byte[]>> send(ArtifactApi api, String authorization);

    /** Whether sending it twice is the same as sending it once. */
    default boolean idempotent() {
        return true;
    }

    /** How long one attempt may take. */
    default Duration timeout() {
        return JSON_TIMEOUT;
    }
}
