package dev.signalwright.artifacts.pages;

/**
 * A labelled value.
 *
 * @param value in words
 * @param iso for a time: its machine form; else empty
 */
record Fact(String label, String value, String iso) {
    static Fact of(String label, String value) {
        return new Fact(label, value, "");
    }

    static Fact of(String label, Moment moment) {
        return new Fact(label, moment.text(), moment.iso());
    }
}
