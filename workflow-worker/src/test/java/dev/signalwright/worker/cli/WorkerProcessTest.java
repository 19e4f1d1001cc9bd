package dev.signalwright.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.spool.RecordName;
import dev.signalwright.worker.spool.Spool;
import dev.signalwright.worker.spool.SpoolLimits;
import dev.signalwright.worker.spool.Taking;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes: exit codes, result file, log lines, life line, and death while handing over. */
class WorkerProcessTest {
    private static final long SECONDS_TO_END = 60;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"done,0,done", "skipped,99,skipped", "refused,65,refused", "try_again,75,try_again", "throws,1,failed"})
    void everyEndHasItsExitCodeAndItsResult(String task, int code, String outcome) throws Exception {
        Ended ended = run(task);
        assertEquals(code, ended.code(), ended.toString());

        JsonNode result = Json.MAPPER.readTree(home.resolve("result.json").toFile());
        assertEquals(outcome, result.path("outcome").asText());
        assertTrue(result.path("degraded").asBoolean());
        assertTrue(result.path("degraded_reason").asText().contains("1 artifact of this run is kept in the spool"));
        assertEquals(
                "task_result", result.path("artifacts").path(0).path("type").asText());
        assertTrue(result.path("artifacts").path(0).path("url").asText().startsWith("http://127.0.0.1:1/artifacts/"));
        assertEquals("", ended.stderr());
    }

    @Test
    void bugIsToldWithItsStack() throws Exception {
        Ended ended = run("throws");
        assertTrue(ended.lines().stream()
                .anyMatch(line -> line.path("error").path("stack").asText().contains("a planted bug")));
    }

    @Test
    void wrongTaskOrEnvironmentIsUsage() throws Exception {
        Ended unknown = run("dance");
        assertEquals(2, unknown.code());
        assertTrue(unknown.lines().getFirst().path("msg").asText().contains("There are: done, skipped"));

        Ended misconfigured = finish(start("done", Map.of("WORKFLOW_TRY_NUMBER", "zero", "IBKR_PORT", "x")));
        assertEquals(2, misconfigured.code());
        assertEquals(2, misconfigured.lines().size(), misconfigured.toString());
    }

    @Test
    void nothingButItsOwnLinesReachesStdoutAndNothingStderr() throws Exception {
        Ended ended = run("prints");
        assertEquals("", ended.stderr());
        assertTrue(ended.lines().stream()
                .noneMatch(line -> line.path("level").asText().equals("forged")));
        assertTrue(ended.lines().stream()
                .anyMatch(line -> line.path("logger").asText().equals("some.library")
                        && line.path("msg").asText().equals("a library's\nwarning")));
    }

    @Test
    void endOfStdinEndsItWithinTwoSeconds() throws Exception {
        Process process = start("hangs", Map.of("WORKFLOW_LIFELINE", "stdin"));
        awaitLine(process, "hanging");
        long begin = System.nanoTime();
        process.getOutputStream().close();
        assertTrue(process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void closedStdinDoesNotEndAWorkerStartedByHand() throws Exception {
        Process process = start("done", Map.of());
        process.getOutputStream().close();
        assertEquals(0, finish(process).code());
    }

    @Test
    void termSignalEndsItWithAWord() throws Exception {
        Process process = start("hangs", Map.of());
        BufferedReader output = awaitLine(process, "hanging");
        process.toHandle().destroy();
        assertTrue(output.lines().anyMatch(line -> line.contains("a signal asked for it")));
        assertTrue(process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillAndNothingIsTorn() throws Exception {
        Process process = start("publishes", Map.of());
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader output = reader(process)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String id = Json.MAPPER.readTree(line).path("artifact_id").asText();
                if (!id.isEmpty() && acknowledged.add(id) && acknowledged.size() == 25) {
                    process.toHandle().destroyForcibly(); // Process.destroy would close our end of the pipe too.
                }
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // The last line may be cut by the kill; it acknowledged nothing.
        }
        assertTrue(process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS));

        Set<String> kept = new HashSet<>();
        Spool spool = Spool.open(home.resolve("spool"), "0000000a", SpoolLimits.STANDARD, Clock.systemUTC());
        for (RecordName name : spool.pending()) {
            Taking.Taken taken = assertInstanceOf(Taking.Taken.class, spool.take(name), "torn: " + name);
            kept.add(taken.content().artifactId().toString());
            taken.close();
        }
        assertTrue(acknowledged.size() >= 25);
        assertTrue(kept.containsAll(acknowledged));
        assertFalse(kept.size() > acknowledged.size() + 1, "more than the one in hand: " + kept.size());
    }

    private record Ended(int code, List<JsonNode> lines, String stderr) {}

    private Ended run(String task) throws Exception {
        return finish(start(task, Map.of()));
    }

    private Process start(String task, Map<String, String> more) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                TestWorker.class.getName(),
                task);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "SIGNALWRIGHT_HOME", home.toString(),
                        "ARTIFACT_SERVICE_URL", "http://127.0.0.1:1",
                        "ARTIFACT_SERVICE_TOKEN", "test-token",
                        "WORKFLOW_DAG_ID", "dag",
                        "WORKFLOW_RUN_ID", "run",
                        "WORKFLOW_RUN_AFTER", "2012-09-20T13:00:00+00:00",
                        "WORKFLOW_RESULT_FILE", home.resolve("result.json").toString()));
        builder.environment().putAll(more);
        builder.redirectError(home.resolve("stderr").toFile());
        return builder.start();
    }

    private Ended finish(Process process) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : reader(process).lines().toList()) {
            lines.add(Json.MAPPER.readTree(line));
        }
        assertTrue(process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), lines, Files.readString(home.resolve("stderr")));
    }

    private static BufferedReader awaitLine(Process process, String word) throws IOException {
        BufferedReader output = reader(process);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(word)) {
                return output;
            }
        }
        throw new AssertionError("The worker ended without saying \"" + word + "\".");
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
