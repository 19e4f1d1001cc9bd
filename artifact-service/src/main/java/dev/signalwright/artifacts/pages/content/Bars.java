package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.MarketBars;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.ArrayList;
import java.util.List;

/** Bars as a table, newest first, with the change from the bar before. */
public final class Bars {
    private static final int SHOWN = 60;
    private static final List<String> PRICES = List.of("open", "high", "low", "close");

    private Bars() {}

    public static Table table(MarketBars bars, String currency) {
        String unit = currency.isEmpty() ? "" : ", " + currency;
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column("Date", false)));
        PRICES.forEach(price -> columns.add(new Table.Column(Words.label(price) + unit, true)));
        columns.add(new Table.Column("Change, %", true));
        columns.add(new Table.Column("Volume", true));
        List<? extends JsonNode> all = bars.bars();
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(SHOWN, all.size()); i++) {
            rows.add(row(
                    all.get(i),
                    i + 1 < all.size() ? all.get(i + 1).path("close").asDouble() : 0));
        }
        String note = all.size() > rows.size()
                ? "The last " + rows.size() + " of " + Numbers.whole(all.size()) + ", newest first"
                : "Newest first";
        return new Table("bars", "Bars", note, columns, rows);
    }

    private static List<Table.Cell> row(JsonNode bar, double closeBefore) {
        List<Table.Cell> cells = new ArrayList<>();
        cells.add(Table.Cell.text("Date", bar.path("date").asText()));
        PRICES.forEach(price -> cells.add(Table.Cell.number(Words.label(price), Numbers.price(bar.path(price)))));
        double change = closeBefore > 0 ? (bar.path("close").asDouble() / closeBefore - 1) * 100 : 0;
        cells.add(Table.Cell.number("Change, %", closeBefore > 0 ? Numbers.signed("0.0", change) : Numbers.NONE));
        JsonNode volume = bar.path("volume");
        cells.add(Table.Cell.number("Volume", volume.isNumber() ? Numbers.whole(volume.asDouble()) : Numbers.NONE));
        return cells;
    }
}
