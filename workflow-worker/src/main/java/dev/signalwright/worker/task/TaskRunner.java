package dev.signalwright.worker.task;

import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.HandOverException;
import dev.signalwright.worker.artifacts.InputUnavailableException;
import dev.signalwright.worker.artifacts.IntentNotStoredException;
import dev.signalwright.worker.artifacts.RunIdentity;
import dev.signalwright.worker.artifacts.TaskDesk;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one task and sees to it that its end is told, whatever the end is: as a {@code task_result} artifact, in the
 * result file, in the log and by the outcome it returns. Nothing escapes.
 */
public final class TaskRunner {
    private final DeskOpener desks;
    private final TaskLog log;
    private final Clock clock;

    /** Opens the desk of a task. */
    @FunctionalInterface
    public interface DeskOpener {
        /** @throws HandOverException when the spool cannot be used */
        TaskDesk open(RunIdentity identity, TaskLog log);
    }

    public TaskRunner(DeskOpener desks, TaskLog log, Clock clock) {
        this.desks = desks;
        this.log = log;
        this.clock = clock;
    }

    /** Runs the task to its end. */
    public Outcome run(WorkflowTask task, TaskContext context, Settings settings, Optional<ResultFile> resultFile) {
        Instant start = clock.instant();
        log.info("Task " + context.taskId() + " of run " + context.runId() + " begins, try " + context.tryNumber()
                + ".");
        TaskDesk desk;
        try {
            desk = desks.open(
                    new RunIdentity(
                            context.dagId(),
                            context.runId(),
                            context.taskId(),
                            context.mapIndex(),
                            context.tryNumber()),
                    log);
        } catch (HandOverException e) {
            return end(TaskReport.of(Outcome.TRY_AGAIN, sentence(e)), start, List.of(), resultFile);
        }
        TaskReport report = attempt(task, new TaskRun(context, settings, desk, log, clock));
        return end(publish(report, start, desk), start, desk.handedOver(), resultFile);
    }

    private TaskReport attempt(WorkflowTask task, TaskRun run) {
        try {
            return task.run(run);
        } catch (InputUnavailableException | HandOverException e) {
            log.error("The task cannot go on: " + e.getMessage(), e);
            return TaskReport.of(Outcome.TRY_AGAIN, sentence(e));
        } catch (IntentNotStoredException e) {
            log.error("The task cannot go on: " + e.getMessage(), e);
            return TaskReport.of(e.worthRetrying() ? Outcome.TRY_AGAIN : Outcome.REFUSED, sentence(e));
        } catch (BrokerException e) {
            log.error("The task cannot go on: " + e.getMessage(), e);
            return TaskReport.of(e.worthRetrying() ? Outcome.TRY_AGAIN : Outcome.REFUSED, sentence(e));
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            // The one backstop: a bug in a task must still be told on the run's page.
            log.error("The task failed because of a bug: " + e, e);
            return TaskReport.of(
                    Outcome.FAILED, "The task failed because of a bug (" + e + "). The log holds the details.");
        }
    }

    /** Makes the report an artifact; what went wrong with that is in the returned report. */
    private TaskReport publish(TaskReport report, Instant start, TaskDesk desk) {
        try {
            Optional<RunMoment> moment =
                    RunMoment.of(desk.newestOnDisk(ArtifactType.PREFLIGHT, RunMoment.ARTIFACT_NAME, Optional.empty()));
            desk.publish(withShortcoming(report, desk.shortcoming()).toDraft(secondsSince(start), moment));
            return withShortcoming(report, desk.shortcoming());
        } catch (HandOverException e) {
            log.error("The task's result could not be handed over: " + e.getMessage(), e);
            return report.outcome() == Outcome.DONE || report.outcome() == Outcome.SKIPPED
                    ? TaskReport.of(Outcome.TRY_AGAIN, sentence(e))
                    : report;
        } catch (RuntimeException e) {
            log.error("The task's result could not be handed over because of a bug: " + e, e);
            return TaskReport.of(Outcome.FAILED, "The task's result could not be handed over because of a bug: " + e);
        }
    }

    private Outcome end(TaskReport report, Instant start, List<Artifact> artifacts, Optional<ResultFile> resultFile) {
        Outcome outcome = report.outcome();
        if (resultFile.isPresent()) {
            try {
                resultFile.get().write(ResultFile.data(report, secondsSince(start)), artifacts);
            } catch (IOException e) {
                log.error("The result file could not be written: " + e, e);
                outcome = Outcome.FAILED;
            }
        }
        report.degradedReason().ifPresent(why -> log.warn("Degraded: " + why));
        String said = "Task ended: " + outcome.wire() + " after " + secondsSince(start) + " s. " + report.reason();
        switch (outcome) {
            case DONE, SKIPPED -> log.info(said);
            case REFUSED, TRY_AGAIN, FAILED -> log.error(said);
        }
        return outcome;
    }

    private static TaskReport withShortcoming(TaskReport report, Optional<String> shortcoming) {
        if (shortcoming.isEmpty()
                || report.degradedReason().filter(shortcoming.get()::equals).isPresent()) {
            return report;
        }
        List<String> reasons = new ArrayList<>();
        report.degradedReason().ifPresent(reasons::add);
        reasons.add(shortcoming.get());
        return report.degraded(String.join(" ", reasons));
    }

    private double secondsSince(Instant start) {
        return Duration.between(start, clock.instant()).toMillis() / 1000.0;
    }

    private static String sentence(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
