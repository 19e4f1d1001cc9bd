package dev.signalwright.worker.delivery;

import dev.signalwright.worker.artifacts.ArtifactDesks;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.DeliveryReport;
import dev.signalwright.worker.artifacts.RunIdentity;
import dev.signalwright.worker.artifacts.TaskDesk;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code deliver_artifacts}. Not thread-safe; one per process. */
public final class DeliverArtifactsTask implements WorkflowTask {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Post post;

    /** What this task needs of the artifacts room. */
    interface Post {
        TaskDesk open(RunIdentity identity, TaskLog log);

        DeliveryReport deliver(Duration limit, TaskLog log);
    }

    public DeliverArtifactsTask(ArtifactDesks desks) {
        this(new Post() {
            @Override
            public TaskDesk open(RunIdentity identity, TaskLog log) {
                return desks.open(identity, log);
            }

            @Override
            public DeliveryReport deliver(Duration limit, TaskLog log) {
                return desks.deliver(limit, log);
            }
        });
    }

    DeliverArtifactsTask(Post post) {
        this.post = post;
    }

    @Override
    public String name() {
        return "deliver_artifacts";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Map<String, String> states = new TreeMap<>(run.context().taskStates());
        Optional<String> nothingRan = RunMoment.whyNothingRan(run.desk());
        states.forEach((task, state) -> verdictForSilent(task, state).ifPresent(report -> writeFor(task, report, run)));
        DeliveryReport delivered = post.deliver(LIMIT, run.log());
        return verdict(states, nothingRan, delivered);
    }

    /** What is known of a task from its state alone; empty for states that speak for themselves. */
    private static Optional<TaskReport> verdictForSilent(String task, String state) {
        return switch (state) {
            case "failed" ->
                Optional.of(TaskReport.of(
                        Outcome.FAILED,
                        "The process of " + task + " ended without a word of its own: it was killed, or never began."
                                + " Airflow's log of the task holds what is known."));
            case "upstream_failed" ->
                Optional.of(TaskReport.of(Outcome.SKIPPED, "Not started, because a task before it failed."));
            case "skipped" ->
                Optional.of(TaskReport.of(Outcome.SKIPPED, "Not started, because a task before it was skipped."));
            default -> Optional.empty();
        };
    }

    private void writeFor(String task, TaskReport report, TaskRun run) {
        TaskContext context = run.context();
        TaskDesk desk = post.open(new RunIdentity(context.dagId(), context.runId(), task, -1, 1), run.log());
        if (!desk.everHandedOver(ArtifactType.TASK_RESULT, TaskReport.ARTIFACT_NAME)) {
            desk.publish(report.toDraft(0, RunMoment.read(run.desk())));
            run.log().info("Wrote down for " + task + ": " + report.reason());
        }
    }

    private static TaskReport verdict(
            Map<String, String> states, Optional<String> nothingRan, DeliveryReport delivered) {
        List<String> failed = states.entrySet().stream()
                .filter(entry -> entry.getValue().equals("failed"))
                .map(Map.Entry::getKey)
                .toList();
        TaskReport report;
        if (!failed.isEmpty()) {
            String why = nothingRan.map(reason -> ": " + reason).orElse(".");
            report = TaskReport.of(Outcome.REFUSED, "The run failed in " + String.join(", ", failed) + why);
        } else if (nothingRan.isPresent()) {
            report = TaskReport.of(Outcome.SKIPPED, nothingRan.get());
        } else {
            report = TaskReport.of(
                    Outcome.DONE,
                    delivered.waiting() == 0
                            ? "Everything this run made is at the artifact service."
                            : delivered.waiting() + " artifacts wait in the spool.");
        }
        return delivered.reasons().isEmpty() ? report : report.degraded(String.join(" ", delivered.reasons()));
    }
}
