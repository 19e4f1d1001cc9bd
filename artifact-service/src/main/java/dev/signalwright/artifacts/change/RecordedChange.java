package dev.signalwright.artifacts.change;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that happened to the store.
 *
 * @param position its place in the order of changes
 * @param at when
 * @param kind {@code artifact.created}, {@code artifact.updated}, {@code artifact.deleted} or {@code execution.changed}
 * @param artifactId empty for a change of an execution
 * @param type the artifact's type
 * @param contentSha256 of the artifact, after the change
 * @param executionUuid the run it belongs to
 * @param executionId Airflow's run id
 * @param detail JSON text: changed fields, state, reason
 */
public record RecordedChange(
        Position position,
        Instant at,
        String kind,
        Optional<UUID> artifactId,
        Optional<String> type,
        Optional<String> symbol,
        Optional<String> contentSha256,
        Optional<UUID> executionUuid,
        Optional<String> dagId,
        Optional<String> executionId,
        Optional<String> detail) {}
