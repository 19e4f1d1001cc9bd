package dev.signalwright.artifacts.pages;

/**
 * @param href empty for the place where one is
 * @param note said beside it; may be empty
 */
record Link(String text, String href, String note) {
    Link(String text, String href) {
        this(text, href, "");
    }
}
