package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.ArrayList;
import java.util.List;

/** What each symbol of a task came to, as a table. */
public final class SymbolOutcomes {
    private SymbolOutcomes() {}

    public static Table table(JsonNode symbols) {
        List<Table.Column> columns = List.of(
                new Table.Column("Symbol", false),
                new Table.Column("Outcome", false),
                new Table.Column("Reason", false));
        List<List<Table.Cell>> rows = new ArrayList<>();
        symbols.properties()
                .forEach(symbol -> rows.add(List.of(
                        Table.Cell.text("Symbol", symbol.getKey()),
                        new Table.Cell(
                                "Outcome",
                                "",
                                false,
                                State.ofOutcome(
                                        symbol.getValue().path("outcome").asText(), false)),
                        Table.Cell.text(
                                "Reason",
                                Words.sentence(symbol.getValue().path("reason").asText())))));
        return new Table("symbols", "Symbols", "", columns, rows);
    }
}
