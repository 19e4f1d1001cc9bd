package dev.signalwright.worker.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.SymbolOutcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.ReplayBars;
import dev.signalwright.worker.testing.ScriptedBroker;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FetchMarketDataTaskTest {
    private final RecordingDesk desk =
            new RecordingDesk().withPreflight(TaskRuns.AS_OF, LocalDate.of(2012, 9, 20), Origin.REPLAYED);
    private final ScriptedBroker broker = ScriptedBroker.replayAt(TaskRuns.AS_OF)
            .with(ReplayBars.until("AAPL", ReplayBars.LAST_SESSION))
            .with(ReplayBars.until("IBM", ReplayBars.LAST_SESSION));

    @Test
    void keepsTheBarsWithTheirOriginAndAdjustment() {
        TaskReport report = fetch("AAPL");

        assertEquals(Outcome.DONE, report.outcome());
        Artifact artifact = desk.published(ArtifactType.MARKET_DATA).getFirst();
        assertEquals(Origin.REPLAYED, artifact.origin());
        MarketData data = MarketData.ofJson("AAPL", artifact.json().path("data"));
        assertEquals(ReplayBars.until("AAPL", ReplayBars.LAST_SESSION), data.bars());
        assertEquals(LocalDate.of(2012, 9, 20), data.adjustedAsOf());
        assertEquals(false, data.adjustmentAfterAsOf());
    }

    @Test
    void oneUnknownSymbolIsItsOwnOutcome() {
        TaskReport report = fetch("AAPL", "NOPE", "IBM");

        assertEquals(Outcome.DONE, report.outcome());
        assertEquals(Outcome.REFUSED, report.symbols().get("NOPE").outcome());
        assertEquals(Outcome.DONE, report.symbols().get("IBM").outcome());
        assertEquals(2, desk.published(ArtifactType.MARKET_DATA).size());
    }

    @Test
    void emptyHistoryIsRefusedAndPacingIsWorthARetry() {
        broker.trouble("OLD", Kind.NO_DATA, "There are no bars of OLD.")
                .trouble("FAST", Kind.PACING, "Too many requests.");

        Map<String, SymbolOutcome> symbols = fetch("OLD", "FAST").symbols();

        assertEquals(SymbolOutcome.refused("There are no bars of OLD."), symbols.get("OLD"));
        assertEquals(SymbolOutcome.tryAgain("Too many requests."), symbols.get("FAST"));
    }

    @Test
    void aGatewayThatFallsSilentEndsTheWaitForTheRestAtOnce() {
        broker.trouble("MSFT", Kind.SILENT, "The gateway did not answer within 20 s.");

        TaskReport report = fetch("MSFT", "AAPL");

        assertEquals(Outcome.TRY_AGAIN, report.outcome());
        assertEquals(Outcome.TRY_AGAIN, report.symbols().get("AAPL").outcome());
        assertTrue(desk.published(ArtifactType.MARKET_DATA).isEmpty());
    }

    @Test
    void aSecondTryFetchesOnlyWhatIsMissing() {
        fetch("AAPL");
        desk.onTry(2);

        TaskReport report = fetch("AAPL", "IBM");

        assertEquals("fetched by try 1", report.symbols().get("AAPL").reason());
        assertEquals(2, desk.published(ArtifactType.MARKET_DATA).size());
    }

    @Test
    void withoutAMomentNothingIsFetched() {
        TaskReport report = new FetchMarketDataTask(broker)
                .run(TaskRuns.of("fetch_market_data", new RecordingDesk(), new RecordingLog(), "AAPL"));

        assertEquals(Outcome.REFUSED, report.outcome());
        assertEquals(0, broker.connections());
    }

    private TaskReport fetch(String... symbols) {
        return new FetchMarketDataTask(broker).run(TaskRuns.of("fetch_market_data", desk, new RecordingLog(), symbols));
    }
}
