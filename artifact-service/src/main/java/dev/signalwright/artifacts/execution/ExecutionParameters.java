package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.QueryParameters;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;

/** The query parameters of the list of executions. */
final class ExecutionParameters {
    private static final Set<String> KNOWN =
            Set.of("dag_id", "state", "created_after", "created_before", "cursor", "limit");
    private static final int USUAL_LIMIT = 50;

    private ExecutionParameters() {}

    static ExecutionQuery read(MultivaluedMap<String, String> sent) {
        QueryParameters parameters = QueryParameters.of(sent, KNOWN);
        return new ExecutionQuery(
                parameters.text("dag_id"),
                parameters
                        .text("state")
                        .map(word -> ExecutionState.ofWire(word)
                                .orElseThrow(() -> QueryParameters.refused(
                                        "state", "must be running, success, failed, skipped or unknown"))),
                parameters.time("created_after"),
                parameters.time("created_before"),
                parameters.cursor("cursor"),
                parameters.number("limit", 1, ExecutionQuery.MOST).orElse(USUAL_LIMIT));
    }
}
