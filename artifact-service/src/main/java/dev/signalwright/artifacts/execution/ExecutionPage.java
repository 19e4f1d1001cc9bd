package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.PageCursor;
import java.util.List;
import java.util.Optional;

/**
 * A page of executions, newest first.
 *
 * @param next where the next page begins; empty at the end
 */
public record ExecutionPage(List<Execution> executions, Optional<PageCursor> next) {
    public ExecutionPage {
        executions = List.copyOf(executions);
    }
}
