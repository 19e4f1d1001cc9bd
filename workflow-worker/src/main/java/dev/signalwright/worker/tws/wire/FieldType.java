package dev.signalwright.worker.tws.wire;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The protocol's field types. On the wire every field is text; empty means the type's absent value. */
public enum FieldType {
    /** Decimal 32-bit integer; empty is 0. */
    INT("int", "0"),
    /** Decimal 64-bit integer; empty is 0. */
    LONG("long", "0"),
    /** Decimal 32-bit integer; empty or 2147483647 is unset. */
    INT_OR_UNSET("intU", ""),
    /** Decimal number; empty is 0. */
    DOUBLE("dbl", "0"),
    /** Decimal number; empty or the largest double is unset. */
    DOUBLE_OR_UNSET("dblU", ""),
    /** Decimal quantity; empty or one of four old sentinels is unset. */
    DECIMAL("dec", ""),
    /** 1 or 0; empty is false. */
    BOOL("bool", "0"),
    /** Printable ASCII. */
    TEXT("str", ""),
    /** Text whose non-ASCII characters travel as {@code \}{@code uXXXX}. */
    ESCAPED_TEXT("utext", "");

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    /** A number longer than this is no number of this protocol; it bounds the work of parsing one. */
    private static final int MAX_NUMBER_CHARS = 400;

    private final String word;
    private final String absent;

    FieldType(String word, String absent) {
        this.word = word;
        this.absent = absent;
    }

    /** The type with that word in a layout. */
    public static FieldType ofWord(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no field type '" + word + "'."));
    }

    /** What is written when there is no value. */
    public String absent() {
        return absent;
    }

    /** Whether the text may stand in a field of this type. */
    boolean accepts(String text) {
        if (text.isEmpty() || this == TEXT || this == ESCAPED_TEXT) {
            return true;
        }
        if (this == BOOL) {
            return text.equals("1") || text.equals("0") || text.equals("true") || text.equals("false");
        }
        if (text.length() > MAX_NUMBER_CHARS) {
            return false;
        }
        try {
            Number number =
                    switch (this) {
                        case INT, INT_OR_UNSET -> Integer.valueOf(text);
                        case LONG -> Long.valueOf(text);
                        default -> isInfinite(text) ? BigDecimal.ZERO : new BigDecimal(text);
                    };
            return !(number instanceof BigDecimal decimal) || isReasonable(decimal);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** 1E999999999 is a number, but written out it would fill the memory. */
    private static boolean isReasonable(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_NUMBER_CHARS;
    }

    private static boolean isInfinite(String text) {
        return text.equals("Infinity") || text.equals("Infinite");
    }

    String fromWire(String text) {
        if (this != ESCAPED_TEXT || text.indexOf('\\') < 0) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(found.group(1), 16))));
    }

    String toWire(String text) {
        if (this != ESCAPED_TEXT) {
            return text;
        }
        StringBuilder wire = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c <= 0x7E) {
                wire.append(c);
            } else {
                wire.append("\\u").append("%04x".formatted((int) c));
            }
        }
        return wire.toString();
    }
}
