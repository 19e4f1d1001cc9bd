package dev.signalwright.artifacts.pages.part;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.RawString;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as nested {@code details}: foldable and readable without a script. The first two levels are open unless they are
 * long. Bounded, because an artifact may hold a million numbers; the rest is behind the raw link.
 */
public final class JsonTree {
    private static final int MOST_NODES = 4_000;
    private static final int MOST_CHILDREN = 200;
    private static final int OPEN_CHILDREN = 30;
    private static final int OPEN_DEPTH = 2;

    private final StringBuilder html = new StringBuilder();
    private int nodes;

    private JsonTree() {}

    public static RawString of(JsonNode json) {
        JsonTree tree = new JsonTree();
        if (json.isContainerNode() && !json.isEmpty()) {
            tree.children(json, 0);
        } else {
            tree.scalar(json);
        }
        return new RawString(tree.html.toString());
    }

    private void children(JsonNode json, int depth) {
        html.append("<ul>");
        int shown = 0;
        Iterator<Map.Entry<String, JsonNode>> members = json.properties().iterator();
        Iterator<JsonNode> elements = json.elements();
        while (elements.hasNext()) {
            if (shown++ == MOST_CHILDREN || nodes > MOST_NODES) {
                html.append("<li class=\"soft\">and ")
                        .append(json.size() - shown + 1)
                        .append(" more, see the raw JSON</li>");
                break;
            }
            html.append("<li>");
            if (json.isObject()) {
                Map.Entry<String, JsonNode> member = members.next();
                elements.next();
                node(label(member.getKey()), member.getValue(), depth);
            } else {
                node("", elements.next(), depth);
            }
            html.append("</li>");
        }
        html.append("</ul>");
    }

    private void node(String label, JsonNode json, int depth) {
        nodes++;
        if (!json.isContainerNode() || json.isEmpty() || isRow(json)) {
            html.append(label);
            scalar(json);
            return;
        }
        boolean open = depth < OPEN_DEPTH && json.size() <= OPEN_CHILDREN;
        html.append(open ? "<details open>" : "<details>").append("<summary>").append(label);
        html.append("<span class=\"soft\">")
                .append(json.isObject() ? "{" + json.size() + "}" : "[" + json.size() + "]")
                .append("</span></summary>");
        children(json, depth + 1);
        html.append("</details>");
    }

    /** A short array of scalars, such as a bar, stays on one line. */
    private static boolean isRow(JsonNode json) {
        return json.isArray()
                && json.size() <= 20
                && json.valueStream().noneMatch(JsonNode::isContainerNode)
                && json.toString().length() <= 160;
    }

    private static String label(String name) {
        return "<span class=\"k\">" + escaped(name) + "</span>: ";
    }

    private void scalar(JsonNode json) {
        String style = json.isTextual() ? "str" : json.isContainerNode() ? "soft" : "lit";
        html.append("<span class=\"")
                .append(style)
                .append("\">")
                .append(escaped(json.toString()))
                .append("</span>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
