package dev.signalwright.worker.cli;

import dev.signalwright.worker.artifacts.ArtifactDesks;
import dev.signalwright.worker.artifacts.DeliveryReport;
import dev.signalwright.worker.artifacts.HandOverException;
import dev.signalwright.worker.gatewaycheck.GatewayDoctor;
import dev.signalwright.worker.log.LogLines;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Environment;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.SettingsReading;
import dev.signalwright.worker.task.ContextReading;
import dev.signalwright.worker.task.ResultFile;
import dev.signalwright.worker.task.TaskCatalog;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskRunner;
import dev.signalwright.worker.task.WorkflowTask;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Does what the arguments and the environment say, once. */
final class WorkerApplication implements QuarkusApplication {
    private static final Duration DELIVERY_LIMIT = Duration.ofMinutes(10);

    private final Environment environment;
    private final SettingsReading settings;
    private final Provider<TaskCatalog> tasks;
    private final Provider<ArtifactDesks> desks;
    private final Provider<GatewayDoctor> doctor;
    private final LogLines lines;
    private final Clock clock;

    WorkerApplication(
            Environment environment,
            SettingsReading settings,
            Provider<TaskCatalog> tasks,
            Provider<ArtifactDesks> desks,
            Provider<GatewayDoctor> doctor,
            LogLines lines,
            Clock clock) {
        this.environment = environment;
        this.settings = settings;
        this.tasks = tasks;
        this.desks = desks;
        this.doctor = doctor;
        this.lines = lines;
        this.clock = clock;
    }

    /** Runs the named tasks one after the other; the exit code is that of the first that is not done. */
    @Override
    public int run(String... tasksInOrder) {
        ExitCode worst = ExitCode.DONE;
        for (String task : tasksInOrder) {
            ExitCode code = runOne(task);
            worst = worst == ExitCode.DONE ? code : worst;
        }
        return worst.code();
    }

    private ExitCode runOne(String task) {
        TaskLog log = lines.named(task);
        // "instanceof" on this way: a pattern switch is spun at run time, and no AOT cache keeps it.
        if (settings instanceof SettingsReading.Invalid(List<String> problems)) {
            return usage(problems(task, problems), log);
        }
        Settings valid = ((SettingsReading.Valid) settings).settings();
        hideSecrets(valid);
        if (task.equals(Arguments.DOCTOR_GATEWAY)) {
            return doctor.get().examine(finding -> lines.result(finding.toJson())) ? ExitCode.DONE : ExitCode.REFUSED;
        }
        return task.equals(Arguments.DELIVER) ? deliver(log) : runTask(task, valid, log);
    }

    private ExitCode runTask(String name, Settings valid, TaskLog log) {
        ContextReading reading = ContextReading.read(environment, name, valid.symbols());
        if (reading instanceof ContextReading.Invalid(List<String> problems)) {
            return usage(problems, log);
        }
        TaskContext context = ((ContextReading.Valid) reading).context();
        Optional<WorkflowTask> task = tasks.get().find(name);
        if (task.isEmpty()) {
            return usage(
                    List.of("There is no task \"" + name + "\". There are: "
                            + String.join(", ", tasks.get().names()) + ", " + Arguments.DELIVER
                            + ", and " + Arguments.DOCTOR_GATEWAY + "."),
                    log);
        }
        TaskRunner runner = new TaskRunner(desks.get()::open, log, clock);
        return ExitCode.of(runner.run(task.get(), context, valid, resultFile(valid)));
    }

    /** All that is wrong with the environment, so that it is repaired in one go. */
    private List<String> problems(String task, List<String> settingsProblems) {
        List<String> all = new ArrayList<>(settingsProblems);
        if (!task.equals(Arguments.DELIVER)
                && !task.equals(Arguments.DOCTOR_GATEWAY)
                && ContextReading.read(environment, task, List.of()) instanceof ContextReading.Invalid(var more)) {
            all.addAll(more);
        }
        return all;
    }

    private Optional<ResultFile> resultFile(Settings valid) {
        return environment
                .get("WORKFLOW_RESULT_FILE")
                .map(file ->
                        new ResultFile(Path.of(file), valid.artifactService().url()));
    }

    private ExitCode deliver(TaskLog log) {
        try {
            DeliveryReport report = desks.get().deliver(DELIVERY_LIMIT, log);
            lines.result(report.toJson());
            return report.waiting() == 0 ? ExitCode.DONE : ExitCode.TRY_AGAIN;
        } catch (HandOverException e) {
            log.error(String.valueOf(e.getMessage()), e);
            return ExitCode.TRY_AGAIN;
        }
    }

    private static ExitCode usage(List<String> problems, TaskLog log) {
        problems.forEach(log::error);
        return ExitCode.USAGE;
    }

    private void hideSecrets(Settings valid) {
        lines.hide(Stream.concat(Stream.of(valid.artifactService().token()), valid.model().apiKey().stream())
                .map(Secret::reveal)
                .toList());
    }
}
