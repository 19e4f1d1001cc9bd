package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Builds the question to a model from the versioned text and from numbers alone. A changed text is a new version and a
 * new file: an old signal must stay explainable.
 */
final class ChartPrompt {
    static final String VERSION = "chart-analysis.v1";
    private static final int ROWS = 15;

    private final String template;

    ChartPrompt() {
        this.template = load();
    }

    String text(ChartReading charts) {
        return template.replace("{{symbol}}", charts.symbol())
                .replace("{{session_date}}", charts.sessionDate().toString())
                .replace("{{last_bar}}", charts.daily().lastDate())
                .replace("{{numbers}}", numbers(charts))
                .replace("{{rows}}", Integer.toString(ROWS))
                .replace("{{bars}}", bars(charts.daily().data()));
    }

    private static String numbers(ChartReading charts) {
        StringBuilder table = new StringBuilder("| value | daily | weekly |\n|---|---|---|\n");
        for (JsonNode column : charts.daily().data().path("columns")) {
            String name = column.asText();
            if (!name.equals("date")) {
                table.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(last(charts.daily(), name))
                        .append(" | ")
                        .append(last(charts.weekly(), name))
                        .append(" |\n");
            }
        }
        return table.toString().strip();
    }

    private static String last(ChartReading.Chart chart, String column) {
        return chart.last(column).isPresent()
                ? Double.toString(chart.last(column).getAsDouble())
                : "-";
    }

    /** Date, open, high, low, close and volume: the first six columns of the contract. */
    private static String bars(JsonNode data) {
        StringBuilder table =
                new StringBuilder("| date | open | high | low | close | volume |\n|---|---|---|---|---|---|\n");
        JsonNode rows = data.path("rows");
        for (int i = Math.max(0, rows.size() - ROWS); i < rows.size(); i++) {
            for (int column = 0; column < 6; column++) {
                table.append("| ").append(rows.path(i).path(column).asText()).append(' ');
            }
            table.append("|\n");
        }
        return table.toString().strip();
    }

    private static String load() {
        String path = "/prompts/" + VERSION + ".md";
        try (InputStream text = ChartPrompt.class.getResourceAsStream(path)) {
            if (text == null) {
                throw new IllegalStateException("The build lacks the resource " + path + ".");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("The resource " + path + " cannot be read.", broken);
        }
    }
}
