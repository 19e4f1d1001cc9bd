package dev.signalwright.artifacts.artifact;

import java.util.Locale;

/** What a list can be narrowed by. Each carries its condition, so that no query is ever built from a client's text. */
public enum ArtifactFilter {
    DAG_ID("dagId = :dag_id"),
    WORKFLOW_ID("workflowId = :workflow_id"),
    EXECUTION_ID("executionId = :execution_id"),
    TASK_ID("taskId = :task_id"),
    STEP_NAME("stepName = :step_name"),
    TYPE("type = :type"),
    SYMBOL("symbol = :symbol"),
    NAME("name = :name"),
    KEY("key = :key"),
    ORIGIN("origin = :origin"),
    ACTION("action = :action"),
    CHART_TYPE("chartType = :chart_type"),
    RUN_ID("runId = :run_id"),
    EXPERIMENT_ID("experimentId = :experiment_id"),
    /** An {@code Integer}. */
    TRY_NUMBER("tryNumber = :try_number"),
    /** An {@code Instant}, exclusive. */
    CREATED_AFTER("createdAt > :created_after"),
    /** An {@code Instant}, exclusive. */
    CREATED_BEFORE("createdAt < :created_before"),
    /** A {@code UUID}: the execution's id. */
    EXECUTION_UUID("executionUuid = :execution_uuid");

    private final String condition;

    ArtifactFilter(String condition) {
        this.condition = condition;
    }

    /** The query parameter's name. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    String condition() {
        return condition;
    }
}
