package dev.signalwright.worker.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.indicator.Indicator;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.platform.Json;
import java.util.List;
import java.util.OptionalDouble;

/** Every number a picture shows, as {@code chart_data} (contract section 1). */
final class ChartData {
    private static final List<String> BAR_COLUMNS = List.of("date", "open", "high", "low", "close", "volume");
    private static final List<Indicator> INDICATORS = List.of(
            Indicator.SMA_20,
            Indicator.SMA_50,
            Indicator.SMA_200,
            Indicator.BB_UPPER,
            Indicator.BB_MIDDLE,
            Indicator.BB_LOWER,
            Indicator.SUPERTREND,
            Indicator.MACD,
            Indicator.MACD_SIGNAL,
            Indicator.MACD_HIST,
            Indicator.RSI_14);

    private ChartData() {}

    static ObjectNode of(ChartView view, String pixelsSha256) {
        ObjectNode data = Json.object().put("timeframe", view.timeframe().wire());
        ArrayNode columns = data.putArray("columns");
        BAR_COLUMNS.forEach(columns::add);
        INDICATORS.forEach(indicator -> columns.add(indicator.column()));
        ArrayNode rows = data.putArray("rows");
        for (int i = 0; i < view.size(); i++) {
            row(rows.addArray(), view, i);
        }
        data.set("last", last(view));
        return data.put("pixels_sha256", pixelsSha256).put("renderer", ChartPicture.RENDERER);
    }

    private static void row(ArrayNode row, ChartView view, int at) {
        Bar bar = view.bars().get(at);
        row.add(bar.date().toString())
                .add(bar.open())
                .add(bar.high())
                .add(bar.low())
                .add(bar.close())
                .add(bar.volume());
        for (Indicator indicator : INDICATORS) {
            OptionalDouble value = view.at(indicator, at);
            if (value.isPresent()) {
                row.add(value.getAsDouble());
            } else {
                row.addNull();
            }
        }
    }

    /** The last bar by name; an indicator without a value is left out. */
    private static ObjectNode last(ChartView view) {
        Bar bar = view.last();
        ObjectNode last = Json.object()
                .put("open", bar.open())
                .put("high", bar.high())
                .put("low", bar.low())
                .put("close", bar.close())
                .put("volume", bar.volume());
        for (Indicator indicator : Indicator.values()) {
            view.last(indicator).ifPresent(value -> last.put(indicator.column(), value));
        }
        view.previousClose().ifPresent(before -> {
            last.put("change", bar.close() - before);
            last.put("change_percent", 100 * (bar.close() - before) / before);
        });
        return last;
    }
}
