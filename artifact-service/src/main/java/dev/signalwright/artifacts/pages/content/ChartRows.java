package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.ArrayList;
import java.util.List;

/** The numbers behind a chart's picture as a table, newest bar first. */
public final class ChartRows {
    private static final int SHOWN = 20;

    private ChartRows() {}

    public static Table table(JsonNode chartData) {
        List<String> names =
                chartData.path("columns").valueStream().map(JsonNode::asText).toList();
        List<Table.Column> columns = names.stream()
                .map(name -> new Table.Column(Words.label(name), !name.equals("date")))
                .toList();
        JsonNode bars = chartData.path("rows");
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (int i = bars.size() - 1; i >= Math.max(0, bars.size() - SHOWN); i--) {
            List<Table.Cell> cells = new ArrayList<>();
            for (int c = 0; c < names.size(); c++) {
                cells.add(cell(names.get(c), bars.path(i).path(c)));
            }
            rows.add(cells);
        }
        String note = "The last " + rows.size() + " of " + bars.size() + " bars in the picture, newest first";
        return new Table("numbers", "Numbers behind the picture", note, columns, rows);
    }

    private static Table.Cell cell(String name, JsonNode value) {
        if (!value.isNumber()) {
            return Table.Cell.text(Words.label(name), value.isNull() ? Numbers.NONE : value.asText());
        }
        String text = name.equals("volume") ? Numbers.whole(value.asDouble()) : Numbers.twoDecimals(value.asDouble());
        return Table.Cell.number(Words.label(name), text);
    }
}
