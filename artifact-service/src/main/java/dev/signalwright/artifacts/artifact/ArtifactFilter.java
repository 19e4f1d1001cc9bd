package dev.signalwright.artifacts.artifact;

import java.util.Locale;

/** What a list can be narrowed by. Each carries its condition, so that no query is ever built from a client's text. */
public enum ArtifactFilter {
    DAG_ID("a.dag_id = :dag_id"),
    WORKFLOW_ID("a.workflow_id = :workflow_id"),
    EXECUTION_ID("a.execution_id = :execution_id"),
    TASK_ID("a.task_id = :task_id"),
    STEP_NAME("a.step_name = :step_name"),
    TYPE("a.type = :type"),
    SYMBOL("a.symbol = :symbol"),
    NAME("a.name = :name"),
    KEY("a.key = :key"),
    ORIGIN("a.origin = :origin"),
    ACTION("a.action = :action"),
    CHART_TYPE("a.chart_type = :chart_type"),
    RUN_ID("a.run_id = :run_id"),
    EXPERIMENT_ID("a.experiment_id = :experiment_id"),
    /** An {@code Integer}. */
    TRY_NUMBER("a.try_number = :try_number"),
    /** An {@code Instant}, exclusive. */
    CREATED_AFTER("a.created_at > :created_after"),
    /** An {@code Instant}, exclusive. */
    CREATED_BEFORE("a.created_at < :created_before"),
    /** A {@code UUID}: the execution's id. */
    EXECUTION_UUID("a.execution_uuid = :execution_uuid");

    private final String condition;

    ArtifactFilter(String condition) {
        this.condition = condition;
    }

    /** The query parameter's name. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** SQL over the alias {@code a}. */
    String condition() {
        return condition;
    }
}
