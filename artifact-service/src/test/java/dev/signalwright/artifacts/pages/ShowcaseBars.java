package dev.signalwright.artifacts.pages;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bundled history of a symbol as the artifacts of {@link Showcase} hold it. */
final class ShowcaseBars {
    static final int COUNT = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    ShowcaseBars(Path folder) {
        this.folder = folder;
    }

    static ObjectNode chart(String timeframe, List<String[]> shown, String[] last) {
        ObjectNode chart = JSON.createObjectNode().put("chart_type", timeframe);
        ObjectNode data = chart.putObject("chart_data")
                .put("timeframe", timeframe)
                .put("pixels_sha256", "9f3a61".repeat(10) + "9f3a")
                .put("renderer", "test");
        List.of("date", "open", "high", "low", "close", "volume", "sma_20", "supertrend", "rsi_14")
                .forEach(data.putArray("columns")::add);
        for (String[] row : shown) {
            addRow(data.withArray("rows"), row)
                    .add(Double.parseDouble(row[4]) * 0.96)
                    .addNull()
                    .add(64.2);
        }
        double close = Double.parseDouble(last[4]);
        data.putObject("last")
                .put("close", close)
                .put("sma_20", close * 0.96)
                .put("sma_50", close * 0.92)
                .put("sma_200", close * 1.03)
                .put("supertrend", close * 0.95)
                .put("macd", 14.2)
                .put("macd_signal", 13.9)
                .put("rsi_14", 71.03);
        return chart;
    }

    static void snapshot(ArrayNode bars, List<String[]> rows) {
        for (String[] row : rows) {
            bars.addObject()
                    .put("date", row[0])
                    .put("open", Double.parseDouble(row[1]))
                    .put("high", Double.parseDouble(row[2]))
                    .put("low", Double.parseDouble(row[3]))
                    .put("close", Double.parseDouble(row[4]))
                    .put("volume", Long.parseLong(row[5]));
        }
    }

    List<String[]> rows(String symbol) {
        try {
            List<String[]> all = Files.readAllLines(folder.resolve(symbol + ".csv")).stream()
                    .skip(1)
                    .map(line -> line.split(","))
                    .filter(row -> row[0].compareTo("2012-09-20") < 0)
                    .toList();
            return all.subList(all.size() - COUNT, all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ArrayNode addRow(ArrayNode rows, String[] row) {
        ArrayNode cells = rows.addArray().add(row[0]);
        for (int i = 1; i < 5; i++) {
            cells.add(Double.parseDouble(row[i]));
        }
        return cells.add(Long.parseLong(row[5]));
    }
}
