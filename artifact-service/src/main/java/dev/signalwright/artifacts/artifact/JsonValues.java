package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Finds values that JSON allows but RFC 8785 or PostgreSQL cannot keep. */
final class JsonValues {
    /** The largest whole number a double keeps exactly. */
    private static final long LARGEST = (1L << 53) - 1;

    private static final int ENOUGH = 20;

    private final List<FieldError> errors = new ArrayList<>();

    private JsonValues() {}

    static List<FieldError> unkeepable(JsonNode json) {
        JsonValues values = new JsonValues();
        values.visit("", json);
        return values.errors;
    }

    private void visit(String path, JsonNode node) {
        if (errors.size() >= ENOUGH) {
            return;
        }
        if (node.isTextual()) {
            text(path, node.textValue());
        } else if (node.isNumber()) {
            number(path, node);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visit(path + "[" + i + "]", node.get(i));
            }
        } else if (node.isObject()) {
            node.properties().forEach(member -> {
                String below = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
                text(below, member.getKey());
                visit(below, member.getValue());
            });
        }
    }

    private void number(String path, JsonNode node) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            errors.add(new FieldError(path, "must be a finite number that a double can hold"));
        } else if (node.isIntegralNumber() && (!node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST)) {
            errors.add(new FieldError(path, "must be at most 2^53-1; send larger whole numbers as text"));
        }
    }

    private void text(String path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                errors.add(new FieldError(path, "must not hold U+0000 or half a surrogate pair"));
                return;
            }
            if (pair) {
                i++;
            }
        }
    }
}
