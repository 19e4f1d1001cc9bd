package dev.signalwright.worker.task;

import java.util.Locale;

/** How a task, or one symbol of it, ended. {@link #wire()} is the word of the contract ({@code task_result.data}). */
public enum Outcome {
    /** The work is done; it may still be degraded. */
    DONE,
    /** There was nothing to do, and the reason says why. */
    SKIPPED,
    /** It cannot be done and trying again would not help. */
    REFUSED,
    /** It could not be done now; another try may succeed. */
    TRY_AGAIN,
    /** A bug or a death. */
    FAILED;

    /** The lower-case word used in JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
