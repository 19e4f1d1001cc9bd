package dev.signalwright.worker.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a {@code market_data} artifact: daily bars of one symbol and how to read them (contract section 1).
 *
 * @param conid the broker's contract id
 * @param exchange the listing exchange
 * @param currency ISO code of the prices
 * @param timeZone the exchange's zone id
 * @param adjustedAsOf prices are adjusted for splits up to this date
 * @param adjustmentAfterAsOf whether that date lies after the run's as-of, so that the bars know of a later split
 * @param bars daily, regular hours, trades
 */
public record MarketData(
        int conid,
        String exchange,
        String currency,
        String timeZone,
        LocalDate adjustedAsOf,
        boolean adjustmentAfterAsOf,
        BarSeries bars) {

    private static final List<String> COLUMNS = List.of("date", "open", "high", "low", "close", "volume");

    /** The object that goes under {@code data}. */
    public ObjectNode toJson() {
        ObjectNode data = Json.object()
                .put("conid", conid)
                .put("exchange", exchange)
                .put("currency", currency)
                .put("bar_size", "1 day")
                .put("what_to_show", "TRADES")
                .put("use_rth", true)
                .put("time_zone", timeZone)
                .put("adjusted_as_of", adjustedAsOf.toString())
                .put("adjustment_after_as_of", adjustmentAfterAsOf);
        COLUMNS.forEach(data.putArray("columns")::add);
        ArrayNode rows = data.putArray("rows");
        for (Bar bar : bars.bars()) {
            rows.addArray()
                    .add(bar.date().toString())
                    .add(bar.open())
                    .add(bar.high())
                    .add(bar.low())
                    .add(bar.close())
                    .add(bar.volume());
        }
        return data;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static MarketData ofJson(String symbol, JsonNode data) {
        List<Bar> bars = new ArrayList<>();
        for (JsonNode row : data.path("rows")) {
            bars.add(new Bar(
                    LocalDate.parse(row.path(0).asText()),
                    row.path(1).asDouble(),
                    row.path(2).asDouble(),
                    row.path(3).asDouble(),
                    row.path(4).asDouble(),
                    row.path(5).asDouble()));
        }
        return new MarketData(
                data.path("conid").asInt(),
                data.path("exchange").asText(),
                data.path("currency").asText(),
                data.path("time_zone").asText(),
                LocalDate.parse(data.path("adjusted_as_of").asText()),
                data.path("adjustment_after_as_of").asBoolean(),
                new BarSeries(symbol, bars));
    }
}
