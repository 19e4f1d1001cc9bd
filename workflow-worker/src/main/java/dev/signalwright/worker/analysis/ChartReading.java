package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What an analyst may know of one symbol: an allow-list. No account, no position, no text from outside.
 *
 * @param symbol the ticker
 * @param sessionDate the session the decision is for
 * @param daily the daily chart
 * @param weekly the weekly chart
 */
record ChartReading(String symbol, LocalDate sessionDate, Chart daily, Chart weekly) {
    /**
     * One chart: the numbers that the picture shows, and the picture.
     *
     * @param data {@code chart_data} of contract section 1
     * @param png loads the picture's bytes; only called by an analyst that looks at pictures
     */
    record Chart(JsonNode data, Supplier<byte[]> png) {
        /** The newest value of a column; empty before its warm-up. */
        OptionalDouble last(String column) {
            JsonNode value = data.path("last").path(column);
            return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
        }

        /** The date of the newest bar as text; the first column of the newest row. */
        String lastDate() {
            JsonNode rows = data.path("rows");
            return rows.path(rows.size() - 1).path(0).asText("unknown");
        }
    }
}
