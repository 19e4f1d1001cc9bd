package dev.signalwright.worker.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.platform.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a task says at its end. The runner writes it as the {@code task_result} artifact and the result file, adds what
 * it knows itself (seconds, artifacts, degraded because records wait in the spool) and turns it into the exit code.
 *
 * @param outcome how the task ended as a whole
 * @param reason one plain sentence for a person
 * @param degradedReason why the task is done but not as well as it should be; empty when it is not degraded
 * @param symbols outcome per symbol in the configured order; empty for account-wide tasks
 */
public record TaskReport(
        Outcome outcome, String reason, Optional<String> degradedReason, Map<String, SymbolOutcome> symbols) {

    /** Name of the artifact every task writes at its end. */
    public static final String ARTIFACT_NAME = "task_result";

    public TaskReport {
        symbols = Collections.unmodifiableMap(new LinkedHashMap<>(symbols));
    }

    /** An account-wide task, or one without symbols. */
    public static TaskReport of(Outcome outcome, String reason) {
        return new TaskReport(outcome, reason, Optional.empty(), Map.of());
    }

    /**
     * The report of a task that worked symbol by symbol: done if any is done; else try again if any is worth a retry;
     * else refused if any was refused; else skipped (contract section 2).
     *
     * @param reason the sentence for the whole task
     */
    public static TaskReport ofSymbols(String reason, Map<String, SymbolOutcome> symbols) {
        return new TaskReport(worstWorthTelling(symbols), reason, Optional.empty(), symbols);
    }

    public TaskReport degraded(String why) {
        return new TaskReport(outcome, reason, Optional.of(why), symbols);
    }

    /**
     * The report as a {@code task_result} artifact.
     *
     * @param seconds how long the task took
     * @param moment the run's moment; empty when preflight has fixed none
     */
    public Draft toDraft(double seconds, Optional<RunMoment> moment) {
        ObjectNode produced = Json.object();
        produced.set("data", ResultFile.data(this, seconds));
        return new Draft(
                ArtifactType.TASK_RESULT,
                ARTIFACT_NAME,
                Optional.empty(),
                moment.map(RunMoment::asOf),
                moment.map(RunMoment::origin).orElse(Origin.UNKNOWN),
                List.of(),
                produced,
                Json.object(),
                Optional.empty());
    }

    private static Outcome worstWorthTelling(Map<String, SymbolOutcome> symbols) {
        for (Outcome candidate : new Outcome[] {Outcome.DONE, Outcome.TRY_AGAIN, Outcome.FAILED, Outcome.REFUSED}) {
            if (symbols.values().stream().anyMatch(symbol -> symbol.outcome() == candidate)) {
                return candidate;
            }
        }
        return Outcome.SKIPPED;
    }
}
