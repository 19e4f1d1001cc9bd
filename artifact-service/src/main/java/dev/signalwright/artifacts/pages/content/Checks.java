package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.ArrayList;
import java.util.List;

/** Preflight's checks in words. */
public final class Checks {
    private Checks() {}

    /** "All five checks passed; the market is open." */
    public static String sentence(JsonNode data) {
        List<JsonNode> bad = data.path("checks")
                .valueStream()
                .filter(check -> !check.path("ok").asBoolean())
                .toList();
        int all = data.path("checks").size();
        String market = switch (data.path("market").asText()) {
            case "open" -> " The market is open on this day.";
            case "closed" -> " The market is closed on this day.";
            case "half_day" -> " The market closes early on this day.";
            default -> "";
        };
        if (all == 0) {
            return ("No checks were recorded." + market).strip();
        }
        if (bad.isEmpty()) {
            return "All " + Words.number(all) + " checks passed." + market;
        }
        return Words.capital(Words.number(bad.size())) + " of " + Words.number(all) + " checks did not pass: "
                + Words.list(bad.stream()
                        .map(check -> Words.label(check.path("name").asText()))
                        .toList()) + "."
                + market;
    }

    public static Table table(JsonNode checks) {
        List<Table.Column> columns = List.of(
                new Table.Column("Check", false),
                new Table.Column("Result", false),
                new Table.Column("Finding", false),
                new Table.Column("What to do", false),
                new Table.Column("Took, ms", true));
        List<List<Table.Cell>> rows = new ArrayList<>();
        checks.forEach(check -> rows.add(List.of(
                Table.Cell.text("Check", Words.label(check.path("name").asText())),
                new Table.Cell("Result", "", false, state(check)),
                Table.Cell.text("Finding", Words.sentence(check.path("finding").asText())),
                Table.Cell.text(
                        "What to do", Words.sentence(check.path("advice").asText())),
                Table.Cell.number("Took, ms", Table.value(check.path("latency_ms"))))));
        return new Table("checks", "Checks", "", columns, rows);
    }

    private static State state(JsonNode check) {
        if (check.path("ok").asBoolean()) {
            return new State("Passed", "check", "done");
        }
        return check.path("required").asBoolean()
                ? new State("Failed, needed", "cross", "failed")
                : new State("Failed, not needed", "warn", "degraded");
    }
}
