package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds values that JSON allows but RFC 8785 or PostgreSQL cannot keep. */
final class JsonValues {
    /** The largest whole number a double keeps exactly. */
    private static final long LARGEST = (1L << 53) - 1;

    private static final int ENOUGH = 20;

    private final List<FieldError> errors = new ArrayList<>();

    private JsonValues() {}

    static List<FieldError> unkeepable(JsonNode json) {
        JsonValues values = new JsonValues();
        values.visit(Place.TOP, json);
        return values.errors;
    }

    /** Where a value stands. Written as text for an error only: most artifacts are long rows of numbers without one. */
    private record Place(@Nullable Place above, String member, int index) {
        static final Place TOP = new Place(null, "", -1);

        Place member(String name) {
            return new Place(this, name, -1);
        }

        Place element(int number) {
            return new Place(this, "", number);
        }

        String text() {
            if (above == null) {
                return "";
            }
            String before = above.text();
            if (index >= 0) {
                return before + "[" + index + "]";
            }
            return before.isEmpty() ? member : before + "." + member;
        }
    }

    private void visit(Place place, JsonNode node) {
        if (errors.size() >= ENOUGH) {
            return;
        }
        if (node.isTextual()) {
            text(place, node.textValue());
        } else if (node.isNumber()) {
            number(place, node);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                visit(place.element(i), node.get(i));
            }
        } else if (node.isObject()) {
            node.properties().forEach(member -> {
                Place below = place.member(member.getKey());
                text(below, member.getKey());
                visit(below, member.getValue());
            });
        }
    }

    private void number(Place place, JsonNode node) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            errors.add(new FieldError(place.text(), "must be a finite number that a double can hold"));
        } else if (node.isIntegralNumber() && (!node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST)) {
            errors.add(new FieldError(place.text(), "must be at most 2^53-1; send larger whole numbers as text"));
        }
    }

    private void text(Place place, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                errors.add(new FieldError(place.text(), "must not hold U+0000 or half a surrogate pair"));
                return;
            }
            if (pair) {
                i++;
            }
        }
    }
}
