package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Bars as an answer: one object a bar, newest first.
 *
 * @param symbol the ticker; empty when the artifact names none
 * @param bars objects with date, open, high, low, close, volume; members the source lacks are absent
 */
public record MarketBars(Optional<String> symbol, List<ObjectNode> bars) {
    private static final List<String> MEMBERS = List.of("date", "open", "high", "low", "close", "volume");

    public MarketBars {
        bars = List.copyOf(bars);
    }

    /** From {@code data.columns} and {@code data.rows}, oldest first there. */
    static Optional<MarketBars> ofMarketData(Artifact artifact) {
        JsonNode data = artifact.produced().path("data");
        List<String> columns = new ArrayList<>();
        data.path("columns").forEach(column -> columns.add(column.asText()));
        List<ObjectNode> bars = new ArrayList<>();
        for (JsonNode row : data.path("rows")) {
            ObjectNode bar = CanonicalJson.MAPPER.createObjectNode();
            for (String member : MEMBERS) {
                JsonNode value = row.path(columns.indexOf(member));
                if (!value.isMissingNode()) {
                    bar.set(member, value);
                }
            }
            bars.add(bar);
        }
        return newestFirst(artifact, bars);
    }

    /** From {@code metadata.market_data_snapshot.bars}, where an old client keeps the bars of its chart. */
    static Optional<MarketBars> ofSnapshot(Artifact artifact) {
        List<ObjectNode> bars = new ArrayList<>();
        for (JsonNode source : artifact.metadata().path("market_data_snapshot").path("bars")) {
            ObjectNode bar = CanonicalJson.MAPPER.createObjectNode();
            for (String member : MEMBERS) {
                if (source.has(member)) {
                    bar.set(member, source.get(member));
                }
            }
            bars.add(bar);
        }
        return newestFirst(artifact, bars);
    }

    /** What a list shows of {@code data}: without its rows, but with their number as {@code bars}. Empty without rows. */
    static Optional<ObjectNode> outline(ObjectNode produced) {
        if (!ArtifactType.MARKET_DATA.wire().equals(produced.path("type").asText())
                || !(produced.path("data") instanceof ObjectNode data)
                || !(data.path("rows") instanceof ArrayNode rows)) {
            return Optional.empty();
        }
        ObjectNode outline = CanonicalJson.MAPPER.createObjectNode();
        data.properties().stream()
                .filter(member -> !member.getKey().equals("rows"))
                .forEach(member -> outline.set(member.getKey(), member.getValue()));
        return Optional.of(outline.put("bars", rows.size()));
    }

    private static Optional<MarketBars> newestFirst(Artifact artifact, List<ObjectNode> bars) {
        // ISO dates sort as text.
        bars.sort(Comparator.comparing((ObjectNode bar) -> bar.path("date").asText())
                .reversed());
        return bars.isEmpty() ? Optional.empty() : Optional.of(new MarketBars(artifact.symbol(), bars));
    }

    ObjectNode toJson(int limit) {
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        symbol.ifPresent(ticker -> json.put("symbol", ticker));
        ArrayNode data = CanonicalJson.MAPPER.createArrayNode();
        bars.stream().limit(limit).forEach(data::add);
        json.put("count", data.size());
        json.set("data", data);
        return json;
    }
}
