package dev.signalwright.worker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.WorkflowTask;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.ReplayBars;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerateChartTaskTest {
    private final RecordingDesk desk = new RecordingDesk();
    private final RecordingLog log = new RecordingLog();

    private void preflight() {
        desk.withPreflight(TaskRuns.AS_OF, LocalDate.of(2012, 9, 20), Origin.REPLAYED);
    }

    private Artifact bars(MarketData data) {
        return desk.withMarketData(data, TaskRuns.AS_OF, Origin.REPLAYED);
    }

    private static MarketData lastBars(String symbol, int count) {
        BarSeries all = ReplayBars.until(symbol, ReplayBars.LAST_SESSION);
        BarSeries tail = new BarSeries(symbol, all.bars().subList(all.size() - count, all.size()));
        return ReplayBars.marketData(tail, ReplayBars.LAST_SESSION);
    }

    private TaskReport run(WorkflowTask task, String... symbols) {
        return task.run(TaskRuns.of(task.name(), desk, log, symbols));
    }

    @Test
    void publishesThePictureWithEveryNumberItShows() {
        preflight();
        Artifact input = bars(ReplayBars.marketData("AAPL"));
        TaskReport report = run(ChartTasks.daily(), "AAPL");

        assertEquals(Outcome.DONE, report.outcome());
        Artifact chart = desk.published(ArtifactType.CHART).getFirst();
        assertEquals("daily", chart.name());
        assertEquals(Origin.REPLAYED, chart.origin());
        assertEquals("[\"" + input.id() + "\"]", chart.json().path("parents").toString());
        assertEquals("2012-09-20T13:00:00Z", chart.json().path("as_of").asText());
        assertEquals("daily", chart.json().path("chart_type").asText());
        assertEquals("image/png", chart.json().path("blob").path("media_type").asText());

        JsonNode data = chart.json().path("chart_data");
        assertEquals("daily", data.path("timeframe").asText());
        assertEquals(
                "[\"date\",\"open\",\"high\",\"low\",\"close\",\"volume\",\"sma_20\",\"sma_50\",\"sma_200\",\"bb_upper\","
                        + "\"bb_middle\",\"bb_lower\",\"supertrend\",\"macd\",\"macd_signal\",\"macd_hist\",\"rsi_14\"]",
                data.path("columns").toString());
        assertEquals(252, data.path("rows").size());
        JsonNode last = data.path("rows").path(251);
        assertEquals(17, last.size());
        assertEquals("2012-09-19", last.path(0).asText());
        assertEquals(last.path(8), data.path("last").path("sma_200"));
        assertEquals(last.path(16), data.path("last").path("rsi_14"));
        assertEquals("signalwright-raster@1", data.path("renderer").asText());
        assertTrue(data.path("pixels_sha256").asText().matches("[0-9a-f]{64}"));
    }

    @Test
    void aWeeklyChartEndsWithTheLastCompleteWeek() {
        preflight();
        bars(ReplayBars.marketData("IBM"));
        run(ChartTasks.weekly(), "IBM");
        JsonNode rows = desk.published(ArtifactType.CHART)
                .getFirst()
                .json()
                .path("chart_data")
                .path("rows");
        assertEquals(156, rows.size());
        assertEquals("2012-09-14", rows.path(155).path(0).asText());
    }

    @Test
    void whatHasNoValueYetIsNullInTheRowsAndAbsentFromTheLastBar() {
        preflight();
        bars(lastBars("IBM", 30));
        run(ChartTasks.daily(), "IBM");
        JsonNode data = desk.published(ArtifactType.CHART).getFirst().json().path("chart_data");
        assertTrue(data.path("rows").path(18).path(6).isNull());
        assertTrue(data.path("rows").path(19).path(6).isNumber());
        assertFalse(data.path("last").has("sma_50"));
    }

    @Test
    void aLaterTryUsesTheChartOfTheFirst() {
        preflight();
        bars(ReplayBars.marketData("IBM"));
        run(ChartTasks.daily(), "IBM");
        desk.onTry(2);
        TaskReport again = run(ChartTasks.daily(), "IBM");
        assertEquals("Already drawn by try 1.", again.symbols().get("IBM").reason());
        assertEquals(Outcome.DONE, again.outcome());
        assertEquals(1, desk.published(ArtifactType.CHART).size());
    }

    @Test
    void everySymbolHasItsOwnOutcome() {
        preflight();
        bars(lastBars("IBM", 40));
        bars(lastBars("ONE", "IBM", 1));
        Artifact broken = bars(lastBars("BAD", "IBM", 40));
        ((com.fasterxml.jackson.databind.node.ArrayNode)
                        broken.json().path("data").path("rows").path(3))
                .set(2, 0.01);
        TaskReport report = run(ChartTasks.daily(), "BAD", "ONE", "NONE", "x;y", "IBM");
        Map<String, Outcome> expected = Map.of(
                "BAD", Outcome.REFUSED,
                "ONE", Outcome.SKIPPED,
                "NONE", Outcome.SKIPPED,
                "x;y", Outcome.REFUSED,
                "IBM", Outcome.DONE);
        expected.forEach((symbol, outcome) ->
                assertEquals(outcome, report.symbols().get(symbol).outcome(), symbol));
        assertEquals(Outcome.DONE, report.outcome());
        assertEquals(
                List.of("BAD", "ONE", "NONE", "x;y", "IBM"),
                List.copyOf(report.symbols().keySet()));
    }

    private static MarketData lastBars(String name, String symbol, int count) {
        BarSeries bars = lastBars(symbol, count).bars();
        return ReplayBars.marketData(new BarSeries(name, bars.bars()), ReplayBars.LAST_SESSION);
    }

    @Test
    void aBarOfTheFutureIsRefused() {
        preflight();
        LocalDate later = LocalDate.of(2012, 9, 20);
        bars(ReplayBars.marketData(ReplayBars.until("IBM", later), later));
        TaskReport report = run(ChartTasks.daily(), "IBM");
        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.symbols().get("IBM").reason().contains("2012-09-20"));
    }

    @Test
    void anInputThatCannotBeLookedUpIsWorthAnotherTry() {
        preflight();
        desk.unavailable("daily_bars");
        assertEquals(Outcome.TRY_AGAIN, run(ChartTasks.daily(), "IBM").outcome());
    }

    @Test
    void withoutTheRunsMomentNothingIsDrawn() {
        bars(ReplayBars.marketData("IBM"));
        TaskReport report = run(ChartTasks.daily(), "IBM");
        assertEquals(Outcome.REFUSED, report.outcome());
        assertEquals(Optional.empty(), desk.newest(ArtifactType.CHART, "daily", Optional.of("IBM")));
    }
}
