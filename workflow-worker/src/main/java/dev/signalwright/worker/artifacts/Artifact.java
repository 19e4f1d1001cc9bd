package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * An artifact as it was handed over or read back.
 *
 * @param id UUIDv5 of its key
 * @param type the artifact's type
 * @param name its name
 * @param symbol the ticker; empty for account-wide artifacts
 * @param tryNumber the try that made it
 * @param origin the worst origin of its parents and itself
 * @param contentSha256 hash of what was produced (contract section 1)
 * @param json the whole contract shape
 */
public record Artifact(
        String id,
        ArtifactType type,
        String name,
        Optional<String> symbol,
        int tryNumber,
        Origin origin,
        String contentSha256,
        ObjectNode json) {}
