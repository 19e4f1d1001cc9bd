package dev.signalwright.worker.cli;

import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.OfflineDesks;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.log.ProcessLog;
import dev.signalwright.worker.platform.Environment;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.settings.SettingsReader;
import dev.signalwright.worker.settings.SettingsReading;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskCatalog;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** The worker's front door and runner over tasks made for the test, in a process of its own, with no service there. */
public final class TestWorker {
    private TestWorker() {}

    public static void main(String... words) {
        ProcessLog.takeOver();
        Environment environment = new Environment(System.getenv());
        LifeLine lifeLine = LifeLine.begin(environment, ProcessLog.lines().named("worker"));
        SettingsReading settings = SettingsReader.read(environment);
        int code = new WorkerApplication(
                        environment,
                        settings,
                        TestWorker::tasks,
                        () -> OfflineDesks.open(((SettingsReading.Valid) settings).settings()),
                        () -> {
                            throw new IllegalStateException("no gateway is tried here");
                        },
                        ProcessLog.lines(),
                        Clock.systemUTC())
                .run(words);
        lifeLine.release();
        System.exit(code);
    }

    private static TaskCatalog tasks() {
        Map<String, Supplier<WorkflowTask>> tasks = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            add(tasks, outcome.wire(), run -> TaskReport.of(outcome, "As the test says."));
        }
        add(tasks, "throws", run -> {
            throw new IllegalStateException("a planted bug");
        });
        add(tasks, "prints", run -> {
            System.out.println("{\"level\":\"forged\"}");
            System.err.println("noise");
            Logger.getLogger("some.library").warning("a library's\nwarning");
            return TaskReport.of(Outcome.DONE, "Printed.");
        });
        add(tasks, "hangs", run -> {
            run.log().info("hanging");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TaskReport.of(Outcome.DONE, "Never.");
        });
        add(tasks, "publishes", run -> {
            for (int i = 0; true; i++) {
                publish(run, i);
            }
        });
        return new TaskCatalog(tasks);
    }

    private static void publish(TaskRun run, int number) {
        var artifact = run.desk()
                .publish(new Draft(
                        ArtifactType.PORTFOLIO,
                        "portfolio_" + number,
                        Optional.empty(),
                        Optional.empty(),
                        Origin.SIMULATED,
                        List.of(),
                        Json.object().put("data", "x".repeat(20_000)),
                        Json.object(),
                        Optional.empty()));
        run.log().info("acknowledged", Map.of("artifact_id", artifact.id()));
    }

    private static void add(
            Map<String, Supplier<WorkflowTask>> tasks, String name, Function<TaskRun, TaskReport> work) {
        tasks.put(name, () -> new WorkflowTask() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TaskReport run(TaskRun run) {
                return work.apply(run);
            }
        });
    }
}
