package dev.signalwright.artifacts.pages.execution;

import dev.signalwright.artifacts.execution.Execution;
import dev.signalwright.artifacts.pages.part.Moment;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.OriginBadge;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.RunRecord;
import dev.signalwright.artifacts.pages.run.RunTitle;
import java.time.Duration;

/**
 * A run in the list of executions.
 *
 * @param took empty until the run has ended
 */
record ExecutionRow(
        String href,
        RunTitle title,
        OriginBadge badge,
        State state,
        String reason,
        String decisions,
        Moment started,
        String took) {

    static ExecutionRow of(Execution execution, RunRecord run) {
        boolean running = execution.state().wire().equals("running");
        return new ExecutionRow(
                "/executions/" + execution.id(),
                RunTitle.of(execution.runId(), run.session()),
                run.badge(),
                State.ofExecution(execution.state().wire(), execution.degraded()),
                Words.reason(execution.reason().orElse("")),
                run.decisions(),
                Moment.brief(run.started().orElse(execution.firstAt())),
                running || run.taskResults().isEmpty() ? "" : took(execution, run));
    }

    static String took(Execution execution, RunRecord run) {
        Duration duration = Duration.between(
                run.started().orElse(execution.firstAt()), run.ended().orElse(execution.lastAt()));
        return Numbers.seconds(duration.toMillis() / 1000.0);
    }
}
