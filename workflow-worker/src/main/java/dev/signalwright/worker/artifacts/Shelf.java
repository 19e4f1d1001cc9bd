package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.spool.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The run's artifacts on this host's disk. What is damaged there is told and treated as not there. */
final class Shelf {
    private final Workspace workspace;
    private final UUID executionId;
    private final TaskLog log;

    Shelf(Workspace workspace, UUID executionId, TaskLog log) {
        this.workspace = workspace;
        this.executionId = executionId;
        this.log = log;
    }

    private record Found(UUID id, ArtifactJson.Label label, long changedMillis) {}

    Optional<Artifact> newest(ArtifactType type, String name, Optional<String> symbol) {
        return newestFirst(type, name, symbol).stream()
                .flatMap(item -> read(item.id()).stream())
                .findFirst();
    }

    /** Whether any try of that task left such an account-wide artifact here. */
    boolean holds(ArtifactType type, String name, String taskId) {
        return newestFirst(type, name, Optional.empty()).stream()
                .flatMap(item -> read(item.id()).stream())
                .anyMatch(artifact -> artifact.json().path("task_id").asText().equals(taskId));
    }

    private List<Found> newestFirst(ArtifactType type, String name, Optional<String> symbol) {
        List<Found> found = new ArrayList<>();
        try {
            for (UUID id : workspace.artifacts(executionId)) {
                Path file = workspace.jsonFile(executionId, id);
                ArtifactJson.Label label = ArtifactJson.label(file);
                if (label.fits(type, name, symbol)) {
                    found.add(
                            new Found(id, label, Files.getLastModifiedTime(file).toMillis()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            log.warn("The workspace of this run could not be searched: " + e.getMessage());
        }
        found.sort(Comparator.<Found>comparingInt(item -> item.label().tryNumber())
                .thenComparingLong(Found::changedMillis)
                .reversed());
        return found;
    }

    Optional<Artifact> read(UUID id) {
        Path file = workspace.jsonFile(executionId, id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = Json.MAPPER.readTree(file.toFile());
            if (json instanceof ObjectNode object) {
                return Optional.of(ArtifactJson.checked(object));
            }
            log.warn("The workspace file " + file + " holds no artifact and is not used.");
        } catch (IOException e) {
            log.warn("The workspace file " + file + " is not used: " + e.getMessage());
        }
        return Optional.empty();
    }

    Optional<byte[]> blob(UUID id, String sha256) {
        try {
            Optional<byte[]> bytes = workspace.blob(executionId, id);
            if (bytes.isPresent() && !ContentHash.sha256(bytes.get()).equals(sha256)) {
                log.warn("The workspace's bytes of artifact " + id + " do not match their hash and are not used.");
                return Optional.empty();
            }
            return bytes;
        } catch (IOException e) {
            log.warn("The workspace's bytes of artifact " + id + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
