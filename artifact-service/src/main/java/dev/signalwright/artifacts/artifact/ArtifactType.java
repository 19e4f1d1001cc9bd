package dev.signalwright.artifacts.artifact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an artifact holds. */
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
    TASK_RESULT,
    OUTCOME;

    /** The lower-case word used in JSON and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that is no type. */
    public static Optional<ArtifactType> ofWire(String word) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(word)).findFirst();
    }
}
