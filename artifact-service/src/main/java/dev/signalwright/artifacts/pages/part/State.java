package dev.signalwright.artifacts.pages.part;

/**
 * How something ended: an icon, a word and a colour together, never a colour alone.
 *
 * @param word for people
 * @param icon name in {@code tags/icon.html}
 * @param style class of the style sheet
 */
public record State(String word, String icon, String style) {
    static final State DONE = new State("Done", "check", "done");
    public static final State DEGRADED = new State("Degraded", "warn", "degraded");
    static final State SKIPPED = new State("Skipped", "dash", "skipped");
    public static final State FAILED = new State("Failed", "cross", "failed");
    public static final State RUNNING = new State("Running", "turn", "running");
    static final State RECORDED = new State("Recorded", "check", "skipped");
    public static final State ABSENT = new State("Did not run", "dash", "skipped");
    public static final State WAITING = new State("Not reported yet", "dash", "skipped");

    /** From {@code task_result.data.outcome}. */
    public static State ofOutcome(String outcome, boolean degraded) {
        return switch (outcome) {
            case "done" -> degraded ? DEGRADED : DONE;
            case "skipped" -> SKIPPED;
            case "refused" -> new State("Refused", "cross", "failed");
            case "try_again" -> new State("Could not be done", "cross", "failed");
            case "failed" -> FAILED;
            default -> new State(Words.humanised(outcome), "dash", "skipped");
        };
    }

    /** From an execution's state. */
    public static State ofExecution(String state, boolean degraded) {
        return switch (state) {
            case "running" -> RUNNING;
            case "success" -> degraded ? DEGRADED : DONE;
            case "failed" -> FAILED;
            case "skipped" -> SKIPPED;
            default -> RECORDED;
        };
    }

    /** From a signal's action, or why there is none. */
    public static State ofAction(String action) {
        return switch (action) {
            case "BUY" -> new State("Buy", "up", "up");
            case "SELL" -> new State("Sell", "down", "down");
            case "HOLD" -> new State("Hold", "hold", "hold");
            default -> new State("No decision", "dash", "skipped");
        };
    }
}
