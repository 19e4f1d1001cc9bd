package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Blob;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.ReplayBars;
import dev.signalwright.worker.testing.TaskRuns;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Inputs of an analysis: numbers that point clearly up, to be changed one by one. */
final class ChartFixtures {
    static final LocalDate SESSION = LocalDate.of(2012, 9, 20);

    private ChartFixtures() {}

    /** The newest values of a chart whose four readings all point up; the close is 100, the SuperTrend line 95. */
    static Map<String, Double> up() {
        return new TreeMap<>(Map.of(
                "close", 100.0,
                "supertrend", 95.0,
                "sma_20", 97.0,
                "macd", 1.5,
                "macd_signal", 1.0,
                "rsi_14", 61.0));
    }

    static ObjectNode chartData(Map<String, Double> last) {
        ObjectNode data = Json.object().put("timeframe", "daily");
        List.of("date", "open", "high", "low", "close", "volume").forEach(data.putArray("columns")::add);
        ArrayNode rows = data.putArray("rows");
        rows.addArray()
                .add("2012-09-18")
                .add(98.0)
                .add(99.5)
                .add(96.5)
                .add(98.5)
                .add(1000.0);
        rows.addArray()
                .add("2012-09-19")
                .add(99.0)
                .add(101.0)
                .add(98.0)
                .add(100.0)
                .add(1200.0);
        ObjectNode values = data.putObject("last");
        last.forEach(values::put);
        return data;
    }

    static ChartReading reading(String symbol, Map<String, Double> last) {
        ChartReading.Chart chart = new ChartReading.Chart(chartData(last), () -> png("chart"));
        return new ChartReading(symbol, SESSION, chart, chart);
    }

    /** A desk with preflight, real bars and both charts of the symbol. */
    static RecordingDesk desk(String symbol, Map<String, Double> last) {
        RecordingDesk desk = new RecordingDesk().withPreflight(TaskRuns.AS_OF, SESSION, Origin.REPLAYED);
        return withInputs(desk, ReplayBars.until(symbol, ReplayBars.LAST_SESSION), last);
    }

    static RecordingDesk withInputs(RecordingDesk desk, BarSeries bars, Map<String, Double> last) {
        String data = desk.withMarketData(
                        ReplayBars.marketData(bars, ReplayBars.LAST_SESSION), TaskRuns.AS_OF, Origin.REPLAYED)
                .id();
        withChart(desk, bars.symbol(), "daily", data, last);
        withChart(desk, bars.symbol(), "weekly", data, last);
        return desk;
    }

    static void withChart(RecordingDesk desk, String symbol, String name, String parent, Map<String, Double> last) {
        ObjectNode produced = Json.object().put("chart_type", name);
        produced.set("chart_data", chartData(last));
        desk.publish(new Draft(
                ArtifactType.CHART,
                name,
                Optional.of(symbol),
                Optional.of(TaskRuns.AS_OF),
                Origin.REPLAYED,
                List.of(parent),
                produced,
                Json.object(),
                Optional.of(new Blob("image/png", png(name)))));
    }

    static byte[] png(String content) {
        return ("PNG of the " + content).getBytes(StandardCharsets.US_ASCII);
    }
}
