package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.NumberToJSON;

/**
 * The RFC 8785 text of a JSON tree, written in one pass: members by the UTF-16 code units of their names, no white space, the
 * shortest escapes, numbers as ECMAScript writes doubles. The library's own canonicaliser takes text and parses it again,
 * which was the largest part of a write; its numbers are used as they are.
 */
final class CanonicalText {
    private static final Comparator<Map.Entry<String, JsonNode>> BY_NAME = Map.Entry.comparingByKey();

    /** Fifteen digits with three behind the point. */
    private static final double MOST_WITH_THOUSANDTHS = 1e12;

    /** Most artifacts are smaller. */
    private static final int USUAL_LENGTH = 4_096;

    private CanonicalText() {}

    static String of(JsonNode json) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH);
        value(json, text);
        return text.toString();
    }

    private static List<Map.Entry<String, JsonNode>> sorted(JsonNode json) {
        return json.properties().stream().sorted(BY_NAME).toList();
    }

    private static void name(String name, StringBuilder to) {
        if (to.charAt(to.length() - 1) != '{') {
            to.append(',');
        }
        string(name, to);
        to.append(':');
    }

    private static void value(JsonNode node, StringBuilder to) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                to.append('{');
                for (Map.Entry<String, JsonNode> member : sorted(node)) {
                    name(member.getKey(), to);
                    value(member.getValue(), to);
                }
                to.append('}');
            }
            case ARRAY -> {
                to.append('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        to.append(',');
                    }
                    value(node.get(i), to);
                }
                to.append(']');
            }
            case NUMBER -> number(node, to);
            case STRING -> string(node.textValue(), to);
            case BOOLEAN -> to.append(node.booleanValue());
            default -> to.append("null");
        }
    }

    private static void number(JsonNode node, StringBuilder to) {
        if (node.isInt() || node.isShort()) {
            to.append(node.intValue()); // every one of them is a double, and ECMAScript writes it the same
            return;
        }
        if (thousandths(node.doubleValue(), to)) {
            return;
        }
        try {
            to.append(NumberToJSON.serializeNumber(node.doubleValue()));
        } catch (IOException e) {
            throw new UncheckedIOException("A number that was checked is not finite.", e);
        }
    }

    /**
     * Writes a number of at most three decimals, as prices are, and says whether it was one: no other text of at most
     * fifteen digits stands for the same double, so this is the shortest, and most numbers are such.
     */
    private static boolean thousandths(double value, StringBuilder to) {
        if (!(Math.abs(value) < MOST_WITH_THOUSANDTHS)) {
            return false;
        }
        long scaled = Math.round(value * 1_000);
        if (scaled / 1_000.0 != value || (scaled == 0 && value != 0)) {
            return false;
        }
        if (scaled < 0) {
            to.append('-');
        }
        long size = Math.abs(scaled);
        to.append(size / 1_000);
        int rest = (int) (size % 1_000);
        if (rest != 0) {
            to.append('.').append((char) ('0' + rest / 100));
            if (rest % 100 != 0) {
                to.append((char) ('0' + rest / 10 % 10));
                if (rest % 10 != 0) {
                    to.append((char) ('0' + rest % 10));
                }
            }
        }
        return true;
    }

    private static void string(String value, StringBuilder to) {
        to.append('"');
        int plain = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                to.append(value, plain, i);
                escape(c, to);
                plain = i + 1;
            }
        }
        to.append(value, plain, value.length()).append('"');
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '"', '\\' -> to.append('\\').append(c);
            case '\b' -> to.append("\\b");
            case '\t' -> to.append("\\t");
            case '\n' -> to.append("\\n");
            case '\f' -> to.append("\\f");
            case '\r' -> to.append("\\r");
            default -> to.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
        }
    }
}
