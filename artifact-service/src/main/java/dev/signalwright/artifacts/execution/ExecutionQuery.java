package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.PageCursor;
import java.time.Instant;
import java.util.Optional;

/**
 * Which executions, newest first.
 *
 * @param dagId only of this workflow
 * @param state only in this state
 * @param createdAfter only those whose first artifact arrived later, exclusive
 * @param createdBefore only those whose first artifact arrived earlier, exclusive
 * @param cursor where the page before ended
 * @param limit at most this many, 1 to {@link #MOST}
 */
public record ExecutionQuery(
        Optional<String> dagId,
        Optional<ExecutionState> state,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore,
        Optional<PageCursor> cursor,
        int limit) {
    /** The largest page. */
    public static final int MOST = 500;

    public ExecutionQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
        }
    }

    /** The newest ones, whatever their state. */
    public static ExecutionQuery newest(int limit) {
        return new ExecutionQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }
}
