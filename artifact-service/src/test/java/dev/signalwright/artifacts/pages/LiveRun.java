package dev.signalwright.artifacts.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.signalwright.artifacts.access.TokenHome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A browser at a service with one run, and what a test does to that run; every test begins with a run of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveRun {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String DAG = "ibkr_trading_signal_workflow";

    @TestHTTPResource("/")
    URI service;

    @Inject
    MeterRegistry metrics;

    private final HttpClient client = HttpClient.newHttpClient();
    final List<String> complaints = new CopyOnWriteArrayList<>();
    private Chromium chromium;
    BrowserContext context;
    Page page;
    String run;

    @BeforeAll
    void startBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
        client.close();
    }

    @BeforeEach
    void logIn() throws Exception {
        run = "manual__2026-11-25T14:00:00+00:00_" + UUID.randomUUID();
        result("preflight", "The gateway answers");
        open(new Browser.NewContextOptions().setViewportSize(1280, 300));
    }

    void open(Browser.NewContextOptions options) {
        context = chromium.browser().newContext(options);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        page = context.newPage();
        page.navigate(service.resolve("/login").toString());
        page.getByLabel("Token").fill(TokenHome.VIEWER);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        page.waitForURL(url -> !url.contains("/login"));
    }

    @AfterEach
    void close() {
        context.close();
        nobodyListens();
        complaints.clear();
    }

    /** Who left before the answer began is let go at the second heartbeat. */
    void nobodyListens() {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (listeners() > 0) {
            assertTrue(System.nanoTime() < end, "listeners: " + listeners());
            Thread.onSpinWait();
        }
    }

    private int listeners() {
        Gauge gauge = metrics.find("signalwright.events.listeners").gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }

    void listening(int count) {
        for (int tries = 0; listeners() != count; tries++) {
            assertTrue(tries < 1_000, "listeners: " + listeners());
            page.waitForTimeout(10);
        }
    }

    String result(String task, String reason) throws Exception {
        ObjectNode artifact = JSON.createObjectNode()
                .put("key", String.join("/", DAG, run, task, "-1", "1", "task_result", "task_result"))
                .put("name", "task_result")
                .put("type", "task_result");
        artifact.putObject("data")
                .put("outcome", "done")
                .put("reason", reason)
                .put("degraded", false)
                .put("seconds", 1.5)
                .putObject("symbols");
        return post(artifact).path("id").asText();
    }

    JsonNode post(ObjectNode artifact) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(service.resolve("/api/artifacts"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(artifact.toString())));
    }

    JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request.header("Authorization", "Bearer " + TokenHome.WORKER).build(),
                HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() < 300, answer.body());
        return JSON.readTree(answer.body());
    }

    String runPage() throws Exception {
        JsonNode runs = ask(HttpRequest.newBuilder(service.resolve("/api/executions")));
        for (JsonNode execution : runs.path("executions")) {
            if (execution.path("run_id").asText().equals(run)) {
                return service.resolve("/executions/" + execution.path("id").asText())
                        .toString();
            }
        }
        throw new AssertionError("no such run: " + runs);
    }

    /** Where a reload would leave no trace of it. */
    void mark() {
        page.evaluate("window.notReloaded = true");
    }

    void assertNotReloaded() {
        assertEquals(true, page.evaluate("window.notReloaded === true"));
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
