package dev.signalwright.worker.signal;

/** Whether a symbol was decided, and if not, whose doing it was. The names are the words of {@code signal_data.outcome}. */
public enum Decision {
    /** An analyst read the charts and chose BUY, SELL or HOLD. */
    DECIDED,
    /** The inputs or the answer do not carry a decision. Finished: asking again would only pay twice. */
    ABSTAINED,
    /** The analyst could not be asked. Another try asks again. */
    FAILED,
    /** An input is missing, so nobody was asked. */
    SKIPPED
}
