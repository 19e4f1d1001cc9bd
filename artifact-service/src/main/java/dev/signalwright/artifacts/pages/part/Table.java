package dev.signalwright.artifacts.pages.part;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A table of a page.
 *
 * @param id unique on the page
 * @param note said beside the title; may be empty
 */
public record Table(String id, String title, String note, List<Column> columns, List<List<Cell>> rows) {
    private static final Set<String> NAMING_NUMBERS = Set.of("conid", "perm_id", "order_id");

    private static final int MOST_COLUMNS = 10;
    private static final int MOST_ROWS = 500;

    /** @param numeric right-aligned */
    public record Column(String label, boolean numeric) {}

    /**
     * @param label of its column, for the narrow view
     * @param state its mark; absent when its word is empty
     */
    public record Cell(String label, String text, boolean numeric, State state) {
        static final State UNMARKED = new State("", "", "");

        public static Cell text(String label, String text) {
            return new Cell(label, text, false, UNMARKED);
        }

        public static Cell number(String label, String text) {
            return new Cell(label, text, true, UNMARKED);
        }
    }

    /** An array of objects as a table; members that hold objects or arrays are left to the tree. */
    public static Table ofObjects(String name, JsonNode array) {
        Set<String> members = new LinkedHashSet<>();
        array.forEach(row -> row.properties().stream()
                .filter(member -> !member.getValue().isContainerNode())
                .forEach(member -> members.add(member.getKey())));
        List<String> shown = members.stream().limit(MOST_COLUMNS).toList();
        List<Column> columns = shown.stream()
                .map(member -> new Column(Words.label(member), isNumeric(array, member)))
                .toList();
        List<List<Cell>> rows = new ArrayList<>();
        array.valueStream().limit(MOST_ROWS).forEach(row -> {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < shown.size(); i++) {
                Column column = columns.get(i);
                String text = value(row.path(shown.get(i)));
                cells.add(new Cell(column.label(), text, column.numeric(), Cell.UNMARKED));
            }
            rows.add(cells);
        });
        return new Table("t-" + name, Words.label(name), counted(array.size(), rows.size()), columns, rows);
    }

    static String counted(int all, int shown) {
        return shown < all ? "The first " + shown + " of " + Numbers.whole(all) : "";
    }

    private static boolean isNumeric(JsonNode array, String member) {
        return array.valueStream()
                .map(row -> row.path(member))
                .filter(value -> !value.isNull() && !value.isMissingNode())
                .allMatch(value -> value.isNumber() || isDecimal(value));
    }

    /** Money and quantities travel as decimal strings. */
    private static boolean isDecimal(JsonNode value) {
        return value.isTextual() && value.asText().matches("-?\\d{1,15}(\\.\\d{1,12})?");
    }

    /** A scalar of a member in words: a number that only names something is not grouped like an amount. */
    public static String value(String member, JsonNode value) {
        return NAMING_NUMBERS.contains(member) ? value.asText() : value(value);
    }

    /** A scalar in words. */
    public static String value(JsonNode value) {
        if (value.isNumber()) {
            return Numbers.plain(value);
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "Yes" : "No";
        }
        String text = value.asText();
        if (value.isNull() || text.isEmpty()) {
            return Numbers.NONE;
        }
        return text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z") ? instant(text) : text;
    }

    private static String instant(String text) {
        try {
            return Moment.full(java.time.Instant.parse(text)).text();
        } catch (java.time.DateTimeException notATime) {
            return text;
        }
    }
}
