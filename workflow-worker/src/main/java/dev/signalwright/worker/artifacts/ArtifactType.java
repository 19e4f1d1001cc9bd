package dev.signalwright.worker.artifacts;

import java.util.Locale;
import java.util.Optional;

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

    /**
     * The task that makes artifacts of this type and name; empty for {@code task_result}, which every task makes. When
     * that task ended on this host and left none on its disk, there is none: nobody needs to be asked.
     */
    Optional<String> maker(String name) {
        return switch (this) {
            case PREFLIGHT -> Optional.of("preflight");
            case MARKET_DATA -> Optional.of("fetch_market_data");
            case CHART -> Optional.of("generate_" + name + "_chart");
            case LLM, SIGNAL -> Optional.of("analyze_with_llm");
            case ORDER -> Optional.of("place_order");
            case TRADE -> Optional.of("get_trades");
            case PORTFOLIO -> Optional.of("get_portfolio");
            case MLFLOW_RUN -> Optional.of("log_to_mlflow");
            case TASK_RESULT -> Optional.empty();
        };
    }

    /** The lower-case word used in JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
