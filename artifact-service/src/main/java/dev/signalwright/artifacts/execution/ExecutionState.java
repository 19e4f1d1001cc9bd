package dev.signalwright.artifacts.execution;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run stands. */
public enum ExecutionState {
    /** Its delivering task has not reported yet. */
    RUNNING,
    SUCCESS,
    FAILED,
    SKIPPED,
    /** Only artifacts without a key: nobody reports how the run ended. */
    UNKNOWN;

    /** The lower-case word used in JSON and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that is no state. */
    public static Optional<ExecutionState> ofWire(String word) {
        return Arrays.stream(values())
                .filter(state -> state.wire().equals(word))
                .findFirst();
    }
}
