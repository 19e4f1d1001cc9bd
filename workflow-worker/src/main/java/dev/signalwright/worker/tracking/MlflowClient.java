package dev.signalwright.worker.tracking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * MLflow's REST interface 2.0, as far as one run needs it. Each call is tried up to three times when the trouble may
 * pass (no connection, timeout, 429, 5xx), all calls together within one deadline. Every call is repeatable: looking up,
 * writing the same values, setting the same state. Bodies of errors may carry SQL and values and are not passed on.
 */
final class MlflowClient implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final long BASE_MILLIS = 500;
    private static final String API = "/api/2.0/mlflow/";

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;
    private final Clock clock;
    private final Instant deadline;
    private final Sleeper sleeper;
    private final RandomGenerator random;

    MlflowClient(URI server, Duration total, Clock clock, Sleeper sleeper, RandomGenerator random) {
        String text = server.toString();
        this.base = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + API;
        this.clock = clock;
        this.deadline = clock.instant().plus(total);
        this.sleeper = sleeper;
        this.random = random;
    }

    /** The experiment's id; created when there is none. A deleted one is refused, not revived. */
    String experiment(String name) throws TrackingException {
        try {
            return post("experiments/create", Json.object().put("name", name))
                    .path("experiment_id")
                    .asText();
        } catch (TrackingException refused) {
            if (!refused.code().equals("RESOURCE_ALREADY_EXISTS")) {
                throw refused;
            }
        }
        JsonNode found =
                get("experiments/get-by-name?experiment_name=" + encode(name)).path("experiment");
        if (!found.path("lifecycle_stage").asText("active").equals("active")) {
            throw new TrackingException(
                    "its experiment " + name + " is deleted; restore it or choose another DAG_ID", false, "");
        }
        return found.path("experiment_id").asText();
    }

    /** The run with that tag; created when there is none. */
    String run(String experiment, String name, String tag, String value) throws TrackingException {
        ObjectNode search = Json.object()
                .put("filter", "tags.`" + tag + "` = '" + value + "'")
                .put("max_results", 1);
        search.putArray("experiment_ids").add(experiment);
        JsonNode found = post("runs/search", search).path("runs").path(0);
        if (found.isObject()) {
            return found.path("info").path("run_id").asText();
        }
        ObjectNode create = Json.object()
                .put("experiment_id", experiment)
                .put("run_name", name)
                .put("start_time", clock.millis());
        create.putArray("tags").addObject().put("key", tag).put("value", value);
        return post("runs/create", create)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
    }

    /** Writes metrics, params and tags; the same again changes nothing. */
    void log(ObjectNode batch) throws TrackingException {
        post("runs/log-batch", batch);
    }

    /** Ends the run and reads it back, because an unknown status is ignored with 200. */
    void finish(String run) throws TrackingException {
        post(
                "runs/update",
                Json.object().put("run_id", run).put("status", "FINISHED").put("end_time", clock.millis()));
        String status = get("runs/get?run_id=" + encode(run))
                .path("run")
                .path("info")
                .path("status")
                .asText();
        if (!status.equals("FINISHED")) {
            throw new TrackingException("it did not take the end of the run (status " + status + ")", false, "");
        }
    }

    private JsonNode get(String path) throws TrackingException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private JsonNode post(String path, ObjectNode body) throws TrackingException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private JsonNode send(HttpRequest.Builder request) throws TrackingException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request.build());
            } catch (TrackingException trouble) {
                Duration wait = Duration.ofMillis(random.nextLong((BASE_MILLIS << attempt) + 1));
                if (!trouble.isPassing() || attempt == ATTEMPTS || wait.compareTo(left()) >= 0) {
                    throw trouble;
                }
                pause(wait, trouble);
            }
        }
    }

    private void pause(Duration wait, TrackingException reason) throws TrackingException {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    /** One exchange, its body included, within what is left; {@code HttpRequest.timeout} does not cover the body. */
    private JsonNode once(HttpRequest request) throws TrackingException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return read(answer.get(Math.max(1, left().toMillis()), TimeUnit.MILLISECONDS));
        } catch (TimeoutException silent) {
            answer.cancel(true);
            throw new TrackingException("it did not answer in time", true, "");
        } catch (ExecutionException broken) {
            throw new TrackingException("it cannot be reached", true, "");
        } catch (InterruptedException stop) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TrackingException("the task was stopped", false, "");
        }
    }

    private static JsonNode read(HttpResponse<String> response) throws TrackingException {
        int status = response.statusCode();
        JsonNode body = json(response.body());
        if (status == 200 && body.isObject()) {
            return body;
        }
        String code = body.path("error_code").asText("");
        boolean passing = status == 429 || status >= 500;
        throw new TrackingException("it answered HTTP " + status + (code.isEmpty() ? "" : " " + code), passing, code);
    }

    private static JsonNode json(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException text) {
            return Json.MAPPER.missingNode();
        }
    }

    private Duration left() {
        return Duration.between(clock.instant(), deadline);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
