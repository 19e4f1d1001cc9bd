package dev.signalwright.worker.artifacts;

import java.util.Locale;

/** The artifact types of the contract that the worker makes. */
public enum ArtifactType {
    PREFLIGHT,
    MARKET_DATA,
    CHART,
    LLM,
    SIGNAL,
    ORDER,
    TRADE,
    PORTFOLIO,
    MLFLOW_RUN,
    TASK_RESULT;

    /** The lower-case word used in JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
