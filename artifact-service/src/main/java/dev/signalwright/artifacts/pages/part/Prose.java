package dev.signalwright.artifacts.pages.part;

import io.quarkus.qute.RawString;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Texts of models as HTML: Markdown without raw HTML, then cleaned. No pictures, so that a text can make no browser
 * fetch anything; links only to the web and marked as foreign.
 */
public final class Prose {
    private static final List<TablesExtension> EXTENSIONS = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "hr",
                    "strong",
                    "em",
                    "code",
                    "pre",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "h3",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td",
                    "a")
            .allowElements((element, attributes) -> "h3", "h1", "h2", "h4", "h5", "h6")
            .allowAttributes("href")
            .onElements("a")
            .allowUrlProtocols("https", "http")
            .requireRelNofollowOnLinks()
            .toFactory();

    /** About twelve lines of the reading column. */
    private static final int SHOWN_CHARACTERS = 1_000;

    /**
     * @param shown the first blocks
     * @param folded the rest; empty when all is shown
     */
    public record Text(RawString shown, RawString folded) {
        public boolean isFolded() {
            return !folded.getValue().isEmpty();
        }
    }

    private Prose() {}

    /** Splits between blocks once about twelve lines are shown. */
    public static Text of(String markdown) {
        StringBuilder shown = new StringBuilder();
        StringBuilder folded = new StringBuilder();
        int characters = 0;
        for (Node block = PARSER.parse(markdown).getFirstChild(); block != null; block = block.getNext()) {
            String html = RENDERER.render(block);
            (characters == 0 || characters + html.length() <= SHOWN_CHARACTERS ? shown : folded).append(html);
            characters += html.length();
        }
        return new Text(clean(shown), clean(folded));
    }

    private static RawString clean(StringBuilder html) {
        return new RawString(POLICY.sanitize(html.toString()));
    }
}
