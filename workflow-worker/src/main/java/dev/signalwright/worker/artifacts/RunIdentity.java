package dev.signalwright.worker.artifacts;

import java.util.Optional;
import java.util.UUID;

/**
 * Who makes artifacts: the part of an artifact's key that is the same for everything one process makes.
 *
 * @param dagId Airflow's DAG
 * @param runId Airflow's run
 * @param taskId Airflow's task
 * @param mapIndex -1 for tasks that are not mapped
 * @param tryNumber from 1
 */
public record RunIdentity(String dagId, String runId, String taskId, int mapIndex, int tryNumber) {
    /** The run's execution id: UUIDv5 of {@code dag_id/run_id}. */
    public UUID executionId() {
        return ArtifactId.of(dagId + "/" + runId);
    }

    String key(ArtifactType type, String name, Optional<String> symbol) {
        String key = String.join(
                "/", dagId, runId, taskId, String.valueOf(mapIndex), String.valueOf(tryNumber), type.wire(), name);
        return symbol.map(ticker -> key + "/" + ticker).orElse(key);
    }
}
