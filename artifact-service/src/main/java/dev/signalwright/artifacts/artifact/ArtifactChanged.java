package dev.signalwright.artifacts.artifact;

import java.util.UUID;

/**
 * An artifact of a run was stored or deleted: a part of {@link ArtifactsChanged}.
 *
 * @param executionUuid the run it belongs to
 * @param dagId the run's workflow
 * @param runId Airflow's run id
 * @param keyed false for artifacts of old clients, which do not report how a run ends
 * @param deleted true when it went, false when it came
 * @param type what it holds
 */
public record ArtifactChanged(
        UUID executionUuid, String dagId, String runId, boolean keyed, boolean deleted, ArtifactType type) {}
