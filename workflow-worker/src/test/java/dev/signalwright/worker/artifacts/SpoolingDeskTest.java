package dev.signalwright.worker.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.log.LogLines;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.spool.Spool;
import dev.signalwright.worker.spool.SpoolLimits;
import dev.signalwright.worker.spool.SpoolRecord;
import dev.signalwright.worker.spool.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolingDeskTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2012-09-20T13:00:00Z"), ZoneOffset.UTC);
    private static final TaskLog LOG =
            new LogLines(new PrintStream(OutputStream.nullOutputStream()), CLOCK).named("test");

    @TempDir
    Path folder;

    private final ScriptedClient client = new ScriptedClient(ScriptedClient.status(201, "{}"));

    @Test
    void sendsTheContractsWholeShapeAndKeepsNothingInTheSpool() throws IOException {
        SpoolingDesk desk = desk(1);
        Artifact artifact = desk.publish(chart("one", Origin.LIVE, List.of()));

        Call.PutArtifact put = assertInstanceOf(Call.PutArtifact.class, client.calls.getFirst());
        ObjectNode sent = (ObjectNode) Json.MAPPER.readTree(put.json());
        assertEquals(
                "dag/run/generate_daily_chart/-1/1/chart/one/AAPL",
                sent.path("key").asText());
        assertEquals(put.id().toString(), sent.path("id").asText());
        assertEquals("run", sent.path("execution_id").asText());
        assertEquals("dag", sent.path("workflow_id").asText());
        assertEquals("generate_daily_chart", sent.path("step_name").asText());
        assertEquals(3, sent.path("blob").path("size").asInt());
        assertEquals(artifact.contentSha256(), sent.path("content_sha256").asText());
        assertTrue(spool().pending().isEmpty());
        assertTrue(desk.shortcoming().isEmpty());
    }

    @Test
    void keepsEverythingInOrderWhenTheServiceIsAwayAndSaysSo() throws IOException {
        client.script = ScriptedClient::away;
        SpoolingDesk desk = desk(1);
        Artifact parent = desk.publish(chart("one", Origin.LIVE, List.of()));
        desk.publish(chart("two", Origin.LIVE, List.of(parent.id())));

        String shortcoming = desk.shortcoming().orElseThrow();
        assertTrue(shortcoming.contains("could not be reached"), shortcoming);
        assertTrue(shortcoming.contains("2 artifacts of this run are kept in the spool"), shortcoming);

        client.calls.clear();
        client.script = ScriptedClient.status(201, "{}");
        assertEquals(2, deliver().sent());
        assertEquals(
                List.of("one", "two"),
                client.calls.stream()
                        .map(call -> ((Call.PutArtifact) call).json())
                        .map(json -> json.contains("\"one\"") ? "one" : "two")
                        .toList());
        assertTrue(desk.shortcoming().isEmpty());
    }

    @Test
    void readsBackFromDiskWithoutAskingAnybody() {
        client.script = ScriptedClient::away;
        Artifact written = desk(1).publish(chart("one", Origin.REPLAYED, List.of()));
        client.calls.clear();

        SpoolingDesk other = desk(2);
        Artifact read =
                other.newest(ArtifactType.CHART, "one", Optional.of("AAPL")).orElseThrow();
        assertEquals(written, read);
        assertArrayEquals(new byte[] {1, 2, 3}, other.blob(read));
        assertTrue(client.calls.isEmpty());
    }

    @Test
    void takesTheNewestTry() {
        desk(1).publish(chart("one", Origin.LIVE, List.of()));
        desk(2).publish(chart("one", Origin.LIVE, List.of()));
        assertEquals(
                2,
                desk(3).newest(ArtifactType.CHART, "one", Optional.of("AAPL"))
                        .orElseThrow()
                        .tryNumber());
    }

    @Test
    void couldNotLookIsNotTheSameAsNotThere() {
        client.script = ScriptedClient.status(200, "{\"artifacts\":[]}");
        assertTrue(desk(1).newest(ArtifactType.CHART, "one", Optional.empty()).isEmpty());
        client.script = ScriptedClient::away;
        assertThrows(
                InputUnavailableException.class, () -> desk(1).newest(ArtifactType.CHART, "one", Optional.empty()));
    }

    @Test
    void childHasTheWorstOriginOfItsParents() {
        SpoolingDesk desk = desk(1);
        Artifact parent = desk.publish(chart("one", Origin.SIMULATED, List.of()));
        assertEquals(
                Origin.SIMULATED,
                desk(2).publish(chart("two", Origin.LIVE, List.of(parent.id()))).origin());
    }

    @Test
    void alteredWorkspaceFileIsNotUsed() throws IOException {
        Artifact written = desk(1).publish(chart("one", Origin.LIVE, List.of()));
        Path file = Workspace.open(folder, "0000000a")
                .jsonFile(identity(1).executionId(), java.util.UUID.fromString(written.id()));
        Files.writeString(file, Files.readString(file).replace("\"daily\"", "\"weekly\""));
        client.script = ScriptedClient.status(200, "{\"artifacts\":[]}");
        assertTrue(
                desk(1).newest(ArtifactType.CHART, "one", Optional.of("AAPL")).isEmpty());
    }

    @Test
    void conflictGoesIntoQuarantineAndDegradesTheTask() throws IOException {
        client.script = ScriptedClient.status(
                409, "{\"type\":\"https://signalwright.dev/problems/key-conflict\",\"detail\":\"Another content.\"}");
        SpoolingDesk desk = desk(1);
        desk.publish(chart("one", Origin.LIVE, List.of()));
        assertEquals(1, spool().quarantined());
        assertTrue(desk.shortcoming().orElseThrow().contains("Another content."));
    }

    @Test
    void childThatCameTooEarlyWaits() throws IOException {
        client.script =
                ScriptedClient.status(409, "{\"type\":\"https://signalwright.dev/problems/parent-not-stored\"}");
        desk(1).publish(chart("one", Origin.LIVE, List.of()));
        assertEquals(1, spool().pending().size());
        assertEquals(0, spool().quarantined());
    }

    @Test
    void oneRecordTheServiceFailsOnDoesNotHoldUpTheOthers() throws IOException {
        client.script =
                call -> call instanceof Call.PutArtifact put && put.json().contains("\"bad\"")
                        ? ScriptedClient.broke(call)
                        : new Reply(201, new byte[0]);
        SpoolingDesk desk = desk(1);
        desk.publish(chart("bad", Origin.LIVE, List.of()));
        desk.publish(chart("good", Origin.LIVE, List.of()));
        assertEquals(1, spool().pending().size());
        String shortcoming = desk.shortcoming().orElseThrow();
        assertTrue(shortcoming.contains("failed on it"), shortcoming);
        DeliveryReport report = deliver();
        assertEquals(1, report.waiting());
        assertTrue(
                report.reasons().getFirst().contains("failed on it"),
                report.reasons().toString());
    }

    @Test
    void whatATaskBesideThisOneHandsOverMeanwhileIsNoShortcomingOfThisOne() throws IOException {
        client.script = call -> {
            handOverBeside();
            return new Reply(201, new byte[0]);
        };
        SpoolingDesk desk = desk(1);
        desk.publish(chart("one", Origin.LIVE, List.of()));
        assertTrue(desk.shortcoming().isEmpty(), () -> desk.shortcoming().orElseThrow());
        assertEquals(1, spool().pending().size());
    }

    private void handOverBeside() {
        try {
            spool().append(new SpoolRecord(
                    SpoolRecord.Kind.ARTIFACT,
                    identity(1).executionId(),
                    UUID.randomUUID(),
                    CLOCK.instant(),
                    "{}".getBytes(StandardCharsets.UTF_8),
                    new byte[0]));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServiceThatFailsOnEverythingIsAnOutage() throws IOException {
        client.script = ScriptedClient::away;
        SpoolingDesk desk = desk(1);
        for (int n = 0; n < 6; n++) {
            desk.publish(chart("number " + n, Origin.LIVE, List.of()));
        }
        client.calls.clear();
        client.script = ScriptedClient::broke;
        assertEquals(6, deliver().waiting());
        assertEquals(3, client.calls.size());
    }

    @Test
    void wrongTokenIsNoReasonToGiveARecordUp() throws IOException {
        client.script = ScriptedClient.status(401, "{}");
        SpoolingDesk desk = desk(1);
        desk.publish(chart("one", Origin.LIVE, List.of()));
        assertEquals(1, spool().pending().size());
        assertTrue(desk.shortcoming().orElseThrow().contains("ARTIFACT_SERVICE_TOKEN_FILE"));
    }

    @Test
    void deletedArtifactCountsAsDelivered() throws IOException {
        client.script = ScriptedClient.status(410, "{}");
        desk(1).publish(chart("one", Origin.LIVE, List.of()));
        assertTrue(spool().pending().isEmpty());
    }

    private DeliveryReport deliver() throws IOException {
        Spool spool = spool();
        return new Delivery(spool, Workspace.open(folder, "0000000b"), new Dispatcher(spool, client, CLOCK), CLOCK, LOG)
                .run(Duration.ofMinutes(1));
    }

    private SpoolingDesk desk(int tryNumber) {
        try {
            return new SpoolingDesk(
                    identity(tryNumber), spool(), Workspace.open(folder, "0000000a"), client, CLOCK, LOG);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Spool spool() throws IOException {
        return Spool.open(folder, "0000000a", new SpoolLimits(Long.MAX_VALUE, 0), CLOCK);
    }

    private static RunIdentity identity(int tryNumber) {
        return new RunIdentity("dag", "run", "generate_daily_chart", -1, tryNumber);
    }

    private static Draft chart(String name, Origin origin, List<String> parents) {
        ObjectNode produced = Json.object().put("chart_type", "daily");
        produced.putObject("chart_data").put("timeframe", "daily");
        return new Draft(
                ArtifactType.CHART,
                name,
                Optional.of("AAPL"),
                Optional.of(CLOCK.instant()),
                origin,
                parents,
                produced,
                Json.object(),
                Optional.of(new Blob("image/png", new byte[] {1, 2, 3})));
    }
}
