package dev.signalwright.worker.task;

/**
 * What one symbol of a task came to.
 *
 * @param outcome how it ended
 * @param reason one plain sentence for a person; empty only when {@code outcome} is DONE and nothing needs saying
 */
public record SymbolOutcome(Outcome outcome, String reason) {
    public static SymbolOutcome done(String reason) {
        return new SymbolOutcome(Outcome.DONE, reason);
    }

    public static SymbolOutcome skipped(String reason) {
        return new SymbolOutcome(Outcome.SKIPPED, reason);
    }

    public static SymbolOutcome refused(String reason) {
        return new SymbolOutcome(Outcome.REFUSED, reason);
    }

    public static SymbolOutcome tryAgain(String reason) {
        return new SymbolOutcome(Outcome.TRY_AGAIN, reason);
    }
}
