package dev.signalwright.artifacts.pages.part;

/**
 * @param href empty for the place where one is
 * @param note said beside it; may be empty
 */
public record Link(String text, String href, String note) {
    public Link(String text, String href) {
        this(text, href, "");
    }
}
