package dev.signalwright.worker.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskRun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What one workflow run tells MLflow: per symbol the confidence and the decision, counts, and where the artifacts lie.
 * The values are functions of stored artifacts alone, with the run's as-of as their time, so that telling them twice is
 * telling them once.
 */
final class RunRecord {
    private static final int MAX_SYMBOLS = 25;

    private final TaskRun run;
    private final RunMoment moment;
    private final List<Artifact> signals;
    private final List<Artifact> orders;

    private RunRecord(TaskRun run, RunMoment moment, List<Artifact> signals, List<Artifact> orders) {
        this.run = run;
        this.moment = moment;
        this.signals = signals;
        this.orders = orders;
    }

    static RunRecord collect(TaskRun run, RunMoment moment) {
        return new RunRecord(
                run, moment, newest(run, ArtifactType.SIGNAL, "signal"), newest(run, ArtifactType.ORDER, "order"));
    }

    List<Artifact> signals() {
        return signals;
    }

    /** The tag's value that makes the MLflow run findable again; a hash, so that no run id can bend the search. */
    String key() {
        String run = this.run.context().dagId() + "/" + this.run.context().runId();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(run.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        }
    }

    /**
     * The body of {@code runs/log-batch}; beyond 25 symbols only counts are told, because one batch takes 100 params and
     * 100 tags.
     */
    ObjectNode batch(String mlflowRun) {
        ObjectNode batch = Json.object().put("run_id", mlflowRun);
        metrics(batch.putArray("metrics"));
        params(batch.putArray("params"));
        tags(batch.putArray("tags"));
        return batch;
    }

    private void metrics(ArrayNode metrics) {
        metric(metrics, "signals.decided", count("DECIDED"));
        metric(metrics, "signals.abstained", count("ABSTAINED"));
        metric(metrics, "signals.failed", count("FAILED"));
        metric(metrics, "signals.skipped", count("SKIPPED"));
        metric(metrics, "orders.sent", (int) orders.stream()
                .filter(order -> order.json().path("data").path("sent").asBoolean())
                .count());
        shown().forEach(signal -> {
            JsonNode confidence = signal.json().path("confidence");
            if (confidence.isNumber()) {
                metric(metrics, "confidence." + signal.symbol().orElseThrow(), confidence.asDouble());
            }
        });
    }

    private void params(ArrayNode params) {
        TaskContext context = run.context();
        pair(params, "dag_id", context.dagId());
        pair(params, "airflow_run_id", context.runId());
        pair(params, "as_of", moment.asOf().toString());
        pair(params, "session_date", moment.sessionDate().toString());
        pair(params, "origin", moment.origin().wire());
        pair(params, "strategy", run.settings().strategy());
    }

    /** What a later try may decide differently goes into tags, because MLflow refuses to change a param. */
    private void tags(ArrayNode tags) {
        String service = run.settings().artifactService().url().toString();
        shown().forEach(signal -> {
            String symbol = signal.symbol().orElseThrow();
            JsonNode data = signal.json().path("signal_data");
            pair(
                    tags,
                    "signal." + symbol,
                    signal.json().path("action").asText(data.path("outcome").asText()));
            pair(tags, "artifact." + symbol, signal.id());
            pair(tags, "url." + symbol, service.replaceAll("/+$", "") + "/artifacts/" + signal.id());
        });
    }

    private List<Artifact> shown() {
        return signals.size() > MAX_SYMBOLS ? List.of() : signals;
    }

    private int count(String outcome) {
        return (int) signals.stream()
                .filter(signal -> signal.json()
                        .path("signal_data")
                        .path("outcome")
                        .asText()
                        .equals(outcome))
                .count();
    }

    private void metric(ArrayNode metrics, String key, double value) {
        metrics.addObject()
                .put("key", key)
                .put("value", value)
                .put("timestamp", moment.asOf().toEpochMilli())
                .put("step", 0);
    }

    private static void pair(ArrayNode list, String key, String value) {
        list.addObject().put("key", key).put("value", value);
    }

    private static List<Artifact> newest(TaskRun run, ArtifactType type, String name) {
        return run.context().symbols().stream()
                .map(symbol -> run.desk().newest(type, name, Optional.of(symbol)))
                .flatMap(Optional::stream)
                .toList();
    }
}
