package dev.signalwright.artifacts.catalog;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the store holds.
 *
 * @param completeUntil every change up to here is counted
 * @param byType artifacts by type; types without any are absent
 * @param byOrigin artifacts by origin
 * @param executionsByState runs by state, as of now
 * @param jsonBytes of the artifacts' canonical content
 * @param blobBytes of the artifacts' blobs, a blob that several carry counted for each
 * @param firstAt when the oldest artifact arrived; empty in an empty store
 * @param lastAt when the newest artifact arrived
 */
public record Summary(
        Instant completeUntil,
        Map<String, Long> byType,
        Map<String, Long> byOrigin,
        Map<String, Long> executionsByState,
        long jsonBytes,
        long blobBytes,
        Optional<Instant> firstAt,
        Optional<Instant> lastAt) {}
