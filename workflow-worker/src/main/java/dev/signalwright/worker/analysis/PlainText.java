package dev.signalwright.worker.analysis;

/** Text that a database column and JSON can both hold: no U+0000 and no half of a surrogate pair. */
final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    static boolean isStorable(String text) {
        return storable(text).equals(text);
    }

    /** The text with what cannot be stored replaced by U+FFFD; the same text when there is nothing of the kind. */
    static String storable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            kept.appendCodePoint(point == 0 || half ? REPLACEMENT : point);
        });
        return kept.toString();
    }
}
