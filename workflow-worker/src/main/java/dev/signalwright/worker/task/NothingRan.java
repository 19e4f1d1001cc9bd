package dev.signalwright.worker.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.ArtifactDesk;
import dev.signalwright.worker.artifacts.ArtifactType;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a task that runs whatever happened before ({@code all_done}) that preflight stopped the run, and why. Then the
 * only task results of the run are preflight's and those of such tasks, each of which repeats preflight's reason.
 */
public final class NothingRan {
    private static final String PREFLIGHT = "preflight";
    private static final Set<String> REPEATERS = Set.of("get_trades", "get_portfolio", "log_to_mlflow");

    private NothingRan() {}

    /** Preflight's reason when the run did not get past it; empty when it did. */
    public static Optional<String> because(ArtifactDesk desk) {
        Optional<String> told = desk.newest(ArtifactType.TASK_RESULT, "task_result", Optional.empty())
                .filter(result -> stopped(
                        result.json().path("task_id").asText(),
                        result.json().path("data").path("outcome").asText()))
                .map(result -> result.json().path("data").path("reason"))
                .map(JsonNode::asText);
        if (told.isPresent()) {
            return told;
        }
        return RunMoment.read(desk).isPresent()
                ? Optional.empty()
                : Optional.of("Preflight did not finish, so nothing ran.");
    }

    private static boolean stopped(String taskId, String outcome) {
        return taskId.equals(PREFLIGHT)
                ? !outcome.equals(Outcome.DONE.wire())
                : REPEATERS.contains(taskId) && outcome.equals(Outcome.SKIPPED.wire());
    }
}
