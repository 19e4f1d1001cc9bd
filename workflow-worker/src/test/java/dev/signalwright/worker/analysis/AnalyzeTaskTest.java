package dev.signalwright.worker.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.ReplayBars;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class AnalyzeTaskTest {
    private final CountingAnalyst analyst = new CountingAnalyst();

    @Test
    void handsOverAnAnalysisAndItsSignal() {
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up());

        TaskReport report = run(desk, "IBM");

        Artifact llm = only(desk, ArtifactType.LLM);
        Artifact signal = only(desk, ArtifactType.SIGNAL);
        assertEquals(Outcome.DONE, report.outcome());
        assertEquals(3, llm.json().path("parents").size());
        assertEquals(llm.id(), signal.json().path("parents").path(0).asText());
        assertEquals(Origin.REPLAYED, signal.origin());
        assertEquals("BUY", signal.json().path("action").asText());
        assertEquals(0.85, signal.json().path("confidence").asDouble());
        assertEquals("HIGH", data(signal).path("confidence_level").asText());
        assertEquals(
                "rule agreement, not a probability",
                data(signal).path("confidence_meaning").asText());
        assertEquals(
                llm.json().path("prompt").asText().length(),
                llm.json().path("prompt_length").asInt());
    }

    @Test
    void anEntryFarFromTheMarketIsDecidedButNotActionable() {
        // The chart says 100, the real close of IBM that day is about 206.
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up());

        run(desk, "IBM");

        JsonNode data = data(only(desk, ArtifactType.SIGNAL));
        assertFalse(data.path("is_actionable").asBoolean());
        assertTrue(data.path("entry_price").isNull());
        assertTrue(data.path("reasons").path(0).asText().contains("more than 30 % away from the last close"));
    }

    @Test
    void aStaleLastBarDecidesNothingAndAsksNobody() {
        RecordingDesk desk = new RecordingDesk().withPreflight(TaskRuns.AS_OF, ChartFixtures.SESSION, Origin.REPLAYED);
        ChartFixtures.withInputs(desk, ReplayBars.until("IBM", LocalDate.of(2012, 9, 14)), ChartFixtures.up());

        TaskReport report = run(desk, "IBM");

        Artifact signal = only(desk, ArtifactType.SIGNAL);
        assertEquals("ABSTAINED", data(signal).path("outcome").asText());
        assertEquals(
                "the last bar, of 2012-09-14, is 3 sessions old",
                data(signal).path("reasons").path(0).asText());
        assertTrue(signal.json().path("action").isMissingNode());
        assertEquals(0, analyst.questions);
        assertEquals(Outcome.DONE, report.outcome());
    }

    @Test
    void aSymbolWithoutMarketDataGetsASkippedSignalThatSaysSo() {
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up());

        TaskReport report = run(desk, "NOPE", "IBM");

        Artifact signal = desk.published(ArtifactType.SIGNAL).getFirst();
        assertEquals("NOPE", signal.symbol().orElseThrow());
        assertEquals("SKIPPED", data(signal).path("outcome").asText());
        assertEquals(1, signal.json().path("parents").size());
        assertEquals(Outcome.SKIPPED, report.symbols().get("NOPE").outcome());
        assertEquals(Outcome.DONE, report.outcome());
    }

    @Test
    void aFinishedSignalOfAnEarlierTryIsUsed() {
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up());
        run(desk, "IBM");

        TaskReport second = run(desk.onTry(2), "IBM");

        assertEquals(1, analyst.questions);
        assertEquals(1, desk.published(ArtifactType.SIGNAL).size());
        assertTrue(second.reason().contains("Try 1 has finished this symbol"), second.reason());
    }

    @Test
    void aPaidAnswerWhoseSignalWasLostIsReadAgain() {
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up());
        run(desk, "IBM");
        RecordingDesk afterDeath = ChartFixtures.desk("IBM", ChartFixtures.up());
        Artifact llm = only(desk, ArtifactType.LLM);
        afterDeath.publish(new dev.signalwright.worker.artifacts.Draft(
                ArtifactType.LLM,
                "analysis",
                llm.symbol(),
                java.util.Optional.of(TaskRuns.AS_OF),
                Origin.REPLAYED,
                java.util.List.of(),
                Json.object().put("response", llm.json().path("response").asText()),
                Json.object().put("provider", "rules"),
                java.util.Optional.empty()));

        run(afterDeath.onTry(2), "IBM");

        assertEquals(1, analyst.questions);
        assertEquals(
                "BUY",
                only(afterDeath, ArtifactType.SIGNAL).json().path("action").asText());
    }

    @Test
    void aFailedSignalOfAnEarlierTryIsAskedAgain() {
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up());
        analyst.trouble = new Analyst.Analysis.Failed("the model's server is in trouble (HTTP 500)", true);
        TaskReport first = run(desk, "IBM");
        analyst.trouble = null;

        TaskReport second = run(desk.onTry(2), "IBM");

        assertEquals(Outcome.TRY_AGAIN, first.outcome());
        assertEquals(Outcome.DONE, second.outcome());
        assertEquals(
                "FAILED",
                data(desk.published(ArtifactType.SIGNAL).getFirst())
                        .path("outcome")
                        .asText());
        assertEquals(
                "DECIDED",
                data(desk.published(ArtifactType.SIGNAL).getLast())
                        .path("outcome")
                        .asText());
    }

    @Test
    void inputsThatCannotBeLookedUpAreTriedAgain() {
        RecordingDesk desk = ChartFixtures.desk("IBM", ChartFixtures.up()).unavailable("weekly");

        TaskReport report = run(desk, "IBM");

        assertEquals(Outcome.TRY_AGAIN, report.outcome());
        assertEquals(
                "FAILED", data(only(desk, ArtifactType.SIGNAL)).path("outcome").asText());
    }

    @Test
    void withoutPreflightNothingRuns() {
        assertEquals(Outcome.SKIPPED, run(new RecordingDesk(), "IBM").outcome());
    }

    private TaskReport run(RecordingDesk desk, String... symbols) {
        return new AnalyzeTask(run -> analyst).run(TaskRuns.of("analyze_with_llm", desk, new RecordingLog(), symbols));
    }

    private static Artifact only(RecordingDesk desk, ArtifactType type) {
        assertEquals(1, desk.published(type).size());
        return desk.published(type).getFirst();
    }

    private static JsonNode data(Artifact signal) {
        return signal.json().path("signal_data");
    }

    /** The rules, counted, or a failure. */
    private static final class CountingAnalyst implements Analyst {
        private final RuleAnalyst rules = new RuleAnalyst();
        private int questions;
        private Analysis.Failed trouble;

        @Override
        public String provider() {
            return rules.provider();
        }

        @Override
        public String confidenceMeaning() {
            return rules.confidenceMeaning();
        }

        @Override
        public String timeframe() {
            return rules.timeframe();
        }

        @Override
        public Analysis analyse(ChartReading charts) {
            questions++;
            return trouble != null ? trouble : rules.analyse(charts);
        }
    }
}
