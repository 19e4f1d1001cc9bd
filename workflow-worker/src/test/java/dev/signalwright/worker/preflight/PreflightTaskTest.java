package dev.signalwright.worker.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.ReplayBars;
import dev.signalwright.worker.testing.ScriptedBroker;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightTaskTest {
    private static final Instant CLOCK = TaskRuns.AS_OF;

    private final RecordingDesk desk = new RecordingDesk();
    private final ScriptedBroker replay =
            ScriptedBroker.replayAt(CLOCK).with(ReplayBars.until("AAPL", ReplayBars.LAST_SESSION));

    @Test
    void standsWhereTheSimulatedGatewayStands() {
        TaskReport report = new PreflightTask(replay).run(manual(Optional.empty()));

        assertEquals(Outcome.DONE, report.outcome());
        RunMoment moment = RunMoment.read(desk).orElseThrow();
        assertEquals(CLOCK, moment.asOf());
        assertEquals(LocalDate.of(2012, 9, 20), moment.sessionDate());
        assertEquals(Origin.REPLAYED, moment.origin());
        assertEquals("open", data().path("market").asText());
    }

    @Test
    void aTriggersDateMeansThatSessionsClose() {
        new PreflightTask(replay).run(manual(Optional.of("2012-07-03")));

        RunMoment moment = RunMoment.read(desk).orElseThrow();
        assertEquals(Instant.parse("2012-07-03T17:00:00Z"), moment.asOf(), "13:00 New York on a half day");
        assertEquals(LocalDate.of(2012, 7, 5), moment.sessionDate());
    }

    @Test
    void aLaterTryKeepsTheMomentOfTheFirst() {
        new PreflightTask(replay).run(manual(Optional.empty()));
        Instant moved = Instant.parse("2012-09-21T13:00:00Z");
        new PreflightTask(ScriptedBroker.replayAt(moved).with(ReplayBars.until("AAPL", ReplayBars.LAST_SESSION)))
                .run(manual(Optional.empty()));

        assertEquals(CLOCK, RunMoment.read(desk).orElseThrow().asOf());
    }

    @Test
    void aMomentThatHasNotComeYetIsRefused() {
        TaskReport report = new PreflightTask(replay).run(manual(Optional.of("2012-09-21T09:00:00-04:00")));

        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.reason().contains("has not come yet"), report.reason());
        assertTrue(RunMoment.read(desk).isEmpty());
    }

    @Test
    void anAsOfThatIsNeitherDateNorInstantIsRefusedWithItsText() {
        TaskReport report = new PreflightTask(replay).run(manual(Optional.of("yesterday")));

        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.reason().contains("\"yesterday\""), report.reason());
    }

    @Test
    void aHolidayIsSkippedByName() {
        TaskReport report = new PreflightTask(replay).run(manual(Optional.of("2012-09-03")));

        assertEquals(Outcome.SKIPPED, report.outcome());
        assertEquals("The exchange is closed on Mon 3 Sep 2012: Labor Day.", report.reason());
        assertEquals(Optional.of(report.reason()), RunMoment.whyNothingRan(desk));
    }

    @Test
    void theGatewaysHoursWinOverTheBundledCalendar() {
        Instant noon = Instant.parse("2012-09-20T16:00:00Z");
        replay.with(new SessionHours(LocalDate.of(2012, 9, 20), noon, noon, true));

        TaskReport report = new PreflightTask(replay).run(manual(Optional.empty()));

        assertEquals(Outcome.SKIPPED, report.outcome());
        assertTrue(report.reason().contains("by the gateway's hours"), report.reason());
    }

    @Test
    void aLateScheduledRunIsSkippedWithoutAskingTheGateway() {
        TaskRun onTime = manual(Optional.empty());
        TaskReport report = new PreflightTask(replay).run(at(scheduled(onTime), CLOCK.plusSeconds(31 * 60)));

        assertEquals(Outcome.SKIPPED, report.outcome());
        assertTrue(report.reason().contains("31 minutes late"), report.reason());
        assertEquals(0, replay.connections());
    }

    @Test
    void aManualRunIsNeverLate() {
        TaskReport report = new PreflightTask(replay).run(at(manual(Optional.empty()), CLOCK.plusSeconds(90 * 60)));

        assertEquals(Outcome.DONE, report.outcome());
    }

    @Test
    void anUnreachableGatewayIsWorthATryAndSaysSoToThoseWhoRunAnyway() {
        String sentence = "Nobody listens at 127.0.0.1:4002.";
        ScriptedBroker down = ScriptedBroker.replayAt(CLOCK).down(BrokerException.Kind.UNREACHABLE, sentence);

        TaskReport report = new PreflightTask(down).run(manual(Optional.empty()));

        assertEquals(Outcome.TRY_AGAIN, report.outcome());
        assertEquals(sentence, report.reason());
        assertTrue(RunMoment.read(desk).isEmpty(), "no moment is invented");
        assertEquals(Optional.of(sentence), RunMoment.whyNothingRan(desk));
    }

    @Test
    void anAccountOfAnotherKindThanConfiguredStopsTheRun() {
        TaskRun paper = trading(manual(Optional.empty()), Settings.TradingMode.PAPER);

        TaskReport report = new PreflightTask(replay).run(paper);

        assertEquals(Outcome.TRY_AGAIN, report.outcome());
        assertTrue(report.reason().contains("TRADING_MODE is paper"), report.reason());
    }

    @Test
    void aPastMomentAtARealGatewayIsAReplay() {
        ScriptedBroker real =
                ScriptedBroker.real(AccountKind.PAPER, CLOCK).with(ReplayBars.until("AAPL", ReplayBars.LAST_SESSION));

        new PreflightTask(real).run(manual(Optional.of("2012-09-18")));

        assertEquals(Origin.REPLAYED, RunMoment.read(desk).orElseThrow().origin());
    }

    @Test
    void anArtifactServiceThatIsAwayDegradesAndDoesNotStop() {
        TaskReport report = new PreflightTask(replay).run(manual(Optional.empty()));

        assertEquals(Outcome.DONE, report.outcome());
        assertTrue(report.degradedReason().orElseThrow().contains("artifact service"), report.toString());
        assertTrue(RunMoment.whyNothingRan(desk).isEmpty());
        JsonNode check = check("artifact_service");
        assertFalse(check.path("ok").asBoolean());
        assertFalse(check.path("advice").asText().isEmpty());
    }

    private TaskRun manual(Optional<String> asOf) {
        TaskRun run = TaskRuns.of("preflight", desk, new RecordingLog(), "NOPE", "AAPL");
        TaskContext c = run.context();
        return new TaskRun(
                new TaskContext(
                        c.dagId(),
                        c.runId(),
                        c.taskId(),
                        c.mapIndex(),
                        c.tryNumber(),
                        c.runType(),
                        c.runAfter(),
                        asOf,
                        c.symbols(),
                        c.taskStates()),
                run.settings(),
                run.desk(),
                run.log(),
                run.clock());
    }

    private static TaskRun scheduled(TaskRun run) {
        TaskContext c = run.context();
        return new TaskRun(
                new TaskContext(
                        c.dagId(),
                        c.runId(),
                        c.taskId(),
                        c.mapIndex(),
                        c.tryNumber(),
                        "scheduled",
                        c.runAfter(),
                        c.requestedAsOf(),
                        c.symbols(),
                        c.taskStates()),
                run.settings(),
                run.desk(),
                run.log(),
                run.clock());
    }

    private static TaskRun at(TaskRun run, Instant now) {
        return new TaskRun(run.context(), run.settings(), run.desk(), run.log(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static TaskRun trading(TaskRun run, Settings.TradingMode mode) {
        Settings s = run.settings();
        Settings changed = new Settings(
                s.home(),
                s.spoolDir(),
                s.symbols(),
                s.strategy(),
                s.zone(),
                s.lateAfter(),
                s.artifactService(),
                s.gateway(),
                s.model(),
                s.mlflow(),
                new Settings.TradingSettings(mode, Optional.empty()));
        return new TaskRun(run.context(), changed, run.desk(), run.log(), run.clock());
    }

    private JsonNode data() {
        Artifact preflight = desk.published(ArtifactType.PREFLIGHT).getLast();
        return preflight.json().path("data");
    }

    private JsonNode check(String name) {
        for (JsonNode check : data().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + data());
    }
}
