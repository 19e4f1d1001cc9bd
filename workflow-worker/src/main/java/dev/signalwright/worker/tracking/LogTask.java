package dev.signalwright.worker.tracking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** {@code log_to_mlflow}. The experiment is named like the DAG. */
final class LogTask implements WorkflowTask {
    private static final String TAG = "signalwright.run";

    private final Duration deadline;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    LogTask(Duration deadline, Sleeper sleeper, RandomGenerator random) {
        this.deadline = deadline;
        this.sleeper = sleeper;
        this.random = random;
    }

    @Override
    public String name() {
        return "log_to_mlflow";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<String> stopped = RunMoment.whyNothingRan(run.desk());
        if (stopped.isPresent()) {
            return TaskReport.of(Outcome.SKIPPED, stopped.get());
        }
        RunMoment moment = RunMoment.read(run.desk()).orElseThrow();
        Optional<URI> server = run.settings().mlflow();
        if (server.isEmpty()) {
            return TaskReport.of(Outcome.DONE, "No tracking server is set (MLFLOW_TRACKING_URI).");
        }
        RunRecord record = RunRecord.collect(run, moment);
        try (MlflowClient client = new MlflowClient(server.get(), deadline, run.clock(), sleeper, random)) {
            String experiment = client.experiment(run.context().dagId());
            String mlflowRun = client.run(experiment, run.context().runId(), TAG, record.key());
            client.log(record.batch(mlflowRun));
            client.finish(mlflowRun);
            handOver(run, moment, record, experiment, mlflowRun);
            return TaskReport.of(
                    Outcome.DONE, "Logged to MLflow as run " + mlflowRun + " of experiment " + experiment + ".");
        } catch (TrackingException trouble) {
            String why = "The tracking server was not told about this run: " + trouble.getMessage()
                    + ". Check MLFLOW_TRACKING_URI and the server, then clear this task.";
            run.log().warn(why);
            return TaskReport.of(Outcome.DONE, "Nothing was logged to MLflow.").degraded(why);
        }
    }

    private static void handOver(TaskRun run, RunMoment moment, RunRecord record, String experiment, String mlflowRun) {
        ObjectNode produced = Json.object();
        produced.putObject("data").put("mlflow_run_id", mlflowRun).put("mlflow_experiment_id", experiment);
        List<String> signals = record.signals().stream().map(Artifact::id).toList();
        Artifact artifact = run.desk()
                .publish(new Draft(
                        ArtifactType.MLFLOW_RUN,
                        "mlflow_run",
                        Optional.empty(),
                        Optional.of(moment.asOf()),
                        moment.origin(),
                        signals.isEmpty() ? List.of(moment.preflightId()) : signals,
                        produced,
                        Json.object(),
                        Optional.empty()));
        run.log().info("Logged to MLflow.", Map.of("artifact_id", artifact.id()));
        ObjectNode ids = Json.object().put("run_id", mlflowRun).put("experiment_id", experiment);
        signals.forEach(signal -> run.desk().patch(signal, ids.deepCopy()));
    }
}
