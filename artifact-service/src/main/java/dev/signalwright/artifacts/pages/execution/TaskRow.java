package dev.signalwright.artifacts.pages.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One task of a run.
 *
 * @param href the page of its result; empty when it reported none
 * @param reason what it said, a sentence
 * @param barStart where its bar begins, in thousandths of the run
 * @param barWidth how long the bar is, in thousandths of the run, at least a visible sliver
 */
record TaskRow(
        String name, String href, State state, String reason, String took, String tries, long barStart, long barWidth) {
    private static final long WHOLE = 1_000;
    private static final long SLIVER = 8;

    /** In the workflow's order; tasks of other workflows follow in the order of their results. */
    static List<TaskRow> of(RunRecord run, boolean running) {
        Map<String, ArtifactOutline> results = run.taskResults();
        if (results.isEmpty()) {
            return List.of();
        }
        boolean ours = results.keySet().stream().anyMatch(Words.TASK_ORDER::contains);
        Set<String> tasks = new LinkedHashSet<>(ours ? Words.TASK_ORDER : List.of());
        tasks.addAll(results.keySet());
        List<TaskRow> rows = new ArrayList<>();
        for (String task : tasks) {
            ArtifactOutline result = results.get(task);
            rows.add(result == null ? absent(task, running) : reported(task, result, run));
        }
        return rows;
    }

    private static TaskRow absent(String task, boolean running) {
        return new TaskRow(
                Words.task(task), "", running ? State.WAITING : State.ABSENT, "", Numbers.NONE, Numbers.NONE, 0, 0);
    }

    private static TaskRow reported(String task, ArtifactOutline result, RunRecord run) {
        JsonNode data = result.data();
        boolean degraded = data.path("degraded").asBoolean();
        String reason = Words.sentence(data.path("reason").asText());
        String why = Words.sentence(data.path("degraded_reason").asText());
        Instant start = run.started().orElse(result.madeAt());
        long whole = Math.max(
                1, Duration.between(start, run.ended().orElse(result.madeAt())).toMillis());
        long from = Duration.between(start, RunRecord.begun(result)).toMillis() * WHOLE / whole;
        long width = Math.max(SLIVER, Math.round(data.path("seconds").asDouble() * 1000 * WHOLE / whole));
        return new TaskRow(
                Words.task(task),
                "/artifacts/" + result.id(),
                State.ofOutcome(data.path("outcome").asText(), degraded),
                (reason + (degraded && !why.equals(reason) ? " " + why : "")).strip(),
                Numbers.seconds(data.path("seconds").asDouble()),
                String.valueOf(result.tryNumber()),
                Math.clamp(from, 0, WHOLE - SLIVER),
                Math.min(width, WHOLE));
    }
}
