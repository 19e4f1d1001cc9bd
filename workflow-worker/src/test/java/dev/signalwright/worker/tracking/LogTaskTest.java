package dev.signalwright.worker.tracking;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.TaskRuns;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogTaskTest {
    private static final String API = "/api/2.0/mlflow/";

    private Duration deadline = Duration.ofMinutes(1);

    @RegisterExtension
    final WireMockExtension mlflow = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @Test
    void isDoneWhenNoTrackingServerIsSet() {
        TaskReport report = run(desk(), Optional.empty());

        assertEquals(Outcome.DONE, report.outcome());
        assertEquals("No tracking server is set (MLFLOW_TRACKING_URI).", report.reason());
        assertTrue(report.degradedReason().isEmpty());
    }

    @Test
    void logsOneRunAndNamesItInTheSignals() {
        newExperimentAndRun();
        RecordingDesk desk = desk();

        TaskReport report = run(desk, server());

        Artifact named = desk.published(ArtifactType.MLFLOW_RUN).getFirst();
        Artifact signal = desk.published(ArtifactType.SIGNAL).getFirst();
        assertEquals(Outcome.DONE, report.outcome());
        assertEquals("r1", named.json().path("data").path("mlflow_run_id").asText());
        assertEquals(signal.id(), named.json().path("parents").path(0).asText());
        assertEquals("r1", signal.json().path("run_id").asText());
        assertEquals("7", signal.json().path("experiment_id").asText());
        mlflow.verify(postRequestedFor(urlEqualTo(API + "runs/log-batch"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(matchingJsonPath("$.metrics[?(@.key == 'confidence.IBM' && @.value == 0.6)]"))
                .withRequestBody(matchingJsonPath("$.metrics[?(@.key == 'signals.decided' && @.value == 1)]"))
                .withRequestBody(
                        matchingJsonPath("$.tags[?(@.key == 'artifact.IBM' && @.value == '" + signal.id() + "')]")));
    }

    @Test
    void anExperimentAndARunThatExistAreUsedAgain() {
        mlflow.stubFor(post(API + "experiments/create")
                .willReturn(aResponse().withStatus(400).withBody("{\"error_code\":\"RESOURCE_ALREADY_EXISTS\"}")));
        mlflow.stubFor(get(urlPathEqualTo(API + "experiments/get-by-name"))
                .willReturn(okJson("{\"experiment\":{\"experiment_id\":\"7\",\"lifecycle_stage\":\"active\"}}")));
        mlflow.stubFor(post(API + "runs/search").willReturn(okJson("{\"runs\":[{\"info\":{\"run_id\":\"r1\"}}]}")));
        restOfTheRun("FINISHED");

        TaskReport report = run(desk(), server());

        assertTrue(report.degradedReason().isEmpty(), report + "");
        mlflow.verify(0, postRequestedFor(urlEqualTo(API + "runs/create")));
        mlflow.verify(getRequestedFor(urlPathEqualTo(API + "experiments/get-by-name"))
                .withQueryParam("experiment_name", equalTo("ibkr_trading_signal_workflow")));
    }

    @Test
    void aDeletedExperimentIsNotRevived() {
        mlflow.stubFor(post(API + "experiments/create")
                .willReturn(aResponse().withStatus(400).withBody("{\"error_code\":\"RESOURCE_ALREADY_EXISTS\"}")));
        mlflow.stubFor(get(urlPathEqualTo(API + "experiments/get-by-name"))
                .willReturn(okJson("{\"experiment\":{\"experiment_id\":\"7\",\"lifecycle_stage\":\"deleted\"}}")));

        assertDegraded("its experiment ibkr_trading_signal_workflow is deleted");
    }

    @Test
    void anEndThatWasIgnoredIsNoticed() {
        newExperimentAndRun();
        restOfTheRun("RUNNING");

        assertDegraded("it did not take the end of the run (status RUNNING)");
    }

    @Test
    void aServerInTroubleIsAskedThreeTimesAndThenDegradesTheTask() {
        mlflow.stubFor(post(API + "experiments/create")
                .willReturn(aResponse().withStatus(503).withBody("sqlite3 says SECRET VALUES")));

        TaskReport report = assertDegraded("it answered HTTP 503");

        assertTrue(!report.toString().contains("SECRET"));
        mlflow.verify(3, postRequestedFor(urlEqualTo(API + "experiments/create")));
    }

    @Test
    void aRefusalIsNotRepeated() {
        mlflow.stubFor(post(API + "experiments/create").willReturn(aResponse().withStatus(403)));

        assertDegraded("it answered HTTP 403");

        mlflow.verify(1, postRequestedFor(urlEqualTo(API + "experiments/create")));
    }

    @Test
    void aBrokenConnectionDegradesTheTask() {
        mlflow.stubFor(
                post(API + "experiments/create").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertDegraded("it cannot be reached");
    }

    @Test
    void aServerThatNeverAnswersCostsNoMoreThanTheDeadline() {
        mlflow.stubFor(post(API + "experiments/create").willReturn(okJson("{}").withFixedDelay(60_000)));
        deadline = Duration.ofMillis(200);

        assertDegraded("it did not answer in time");
    }

    @Test
    void repeatsPreflightsReasonWhenNothingRan() {
        RecordingDesk desk = desk();
        ObjectNode produced = Json.object();
        produced.putObject("data")
                .putArray("checks")
                .addObject()
                .put("ok", false)
                .put("required", true)
                .put("finding", "The exchange is closed: Labor Day.");
        desk.publish(draft(ArtifactType.PREFLIGHT, "preflight", Optional.empty(), produced));

        TaskReport report = run(desk, server());

        assertEquals(Outcome.SKIPPED, report.outcome());
        assertEquals("The exchange is closed: Labor Day.", report.reason());
    }

    private TaskReport assertDegraded(String why) {
        RecordingDesk desk = desk();
        TaskReport report = run(desk, server());
        assertEquals(Outcome.DONE, report.outcome());
        assertTrue(report.degradedReason().orElseThrow().contains(why), report + "");
        assertEquals(List.of(), desk.published(ArtifactType.MLFLOW_RUN));
        return report;
    }

    private void newExperimentAndRun() {
        mlflow.stubFor(post(API + "experiments/create").willReturn(okJson("{\"experiment_id\":\"7\"}")));
        mlflow.stubFor(post(API + "runs/search").willReturn(okJson("{}")));
        mlflow.stubFor(post(API + "runs/create").willReturn(okJson("{\"run\":{\"info\":{\"run_id\":\"r1\"}}}")));
        restOfTheRun("FINISHED");
    }

    private void restOfTheRun(String status) {
        mlflow.stubFor(post(API + "runs/log-batch").willReturn(okJson("{}")));
        mlflow.stubFor(post(API + "runs/update").willReturn(okJson("{}")));
        mlflow.stubFor(get(urlPathEqualTo(API + "runs/get"))
                .willReturn(okJson("{\"run\":{\"info\":{\"status\":\"" + status + "\"}}}")));
    }

    private Optional<URI> server() {
        return Optional.of(URI.create(mlflow.baseUrl() + "/"));
    }

    private static RecordingDesk desk() {
        RecordingDesk desk =
                new RecordingDesk().withPreflight(TaskRuns.AS_OF, LocalDate.of(2012, 9, 20), Origin.REPLAYED);
        ObjectNode signal = Json.object().put("action", "BUY").put("confidence", 0.6);
        signal.putObject("signal_data").put("outcome", "DECIDED");
        desk.publish(draft(ArtifactType.SIGNAL, "signal", Optional.of("IBM"), signal));
        return desk;
    }

    private static Draft draft(ArtifactType type, String name, Optional<String> symbol, ObjectNode produced) {
        return new Draft(
                type,
                name,
                symbol,
                Optional.of(TaskRuns.AS_OF),
                Origin.REPLAYED,
                List.of(),
                produced,
                Json.object(),
                Optional.empty());
    }

    private TaskReport run(RecordingDesk desk, Optional<URI> server) {
        TaskRun run = TaskRuns.of("log_to_mlflow", desk, new RecordingLog(), "IBM");
        Settings s = run.settings();
        Settings settings = new Settings(
                s.home(),
                s.spoolDir(),
                s.symbols(),
                s.strategy(),
                s.zone(),
                s.lateAfter(),
                s.artifactService(),
                s.gateway(),
                s.model(),
                server,
                s.trading());
        return new LogTask(deadline, time -> {}, new Random(1))
                .run(new TaskRun(run.context(), settings, desk, run.log(), Clock.systemUTC()));
    }
}
