package dev.signalwright.artifacts.pages.part;

/**
 * A labelled value.
 *
 * @param value in words
 * @param iso for a time: its machine form; else empty
 */
public record Fact(String label, String value, String iso) {
    public static Fact of(String label, String value) {
        return new Fact(label, value, "");
    }

    public static Fact of(String label, Moment moment) {
        return new Fact(label, moment.text(), moment.iso());
    }
}
