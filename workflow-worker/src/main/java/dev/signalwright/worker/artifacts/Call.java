package dev.signalwright.worker.artifacts;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** One request to the artifact service, as a value, so that it can be sent again. */
sealed interface Call {
    Duration JSON_TIMEOUT = Duration.ofSeconds(5);
    Duration BLOB_TIMEOUT = Duration.ofSeconds(15);

    /** Stores an artifact; its key makes it once. */
    record PutArtifact(UUID id, String json, Optional<Blob> blob) implements Call {
        @Override
        public Duration timeout() {
            return blob.isPresent() ? BLOB_TIMEOUT : JSON_TIMEOUT;
        }
    }

    record PatchArtifact(UUID id, String json) implements Call {}

    record FindArtifacts(String dagId, String runId, ArtifactType type, String name, Optional<String> symbol)
            implements Call {}

    record GetArtifact(String id) implements Call {}

    record GetContent(String id) implements Call {
        @Override
        public Duration timeout() {
            return BLOB_TIMEOUT;
        }
    }

    record PutIntent(String slotSha256, String json) implements Call {}

    record GetIntent(String slotSha256) implements Call {}

    /** The one call that is not the same twice. */
    record ClaimIntent(String slotSha256, String json) implements Call {
        @Override
        public boolean idempotent() {
            return false;
        }
    }

    record SetIntentState(String slotSha256, String json) implements Call {}

    /** Whether sending it twice is the same as sending it once. */
    default boolean idempotent() {
        return true;
    }

    /** How long one attempt may take. */
    default Duration timeout() {
        return JSON_TIMEOUT;
    }
}
