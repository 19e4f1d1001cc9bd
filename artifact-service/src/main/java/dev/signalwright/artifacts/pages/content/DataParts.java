package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.JsonTree;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Any JSON object in a readable form: single values as facts, lists of objects as tables, what is left as a tree.
 *
 * @param tree empty when nothing is left
 */
public record DataParts(List<Fact> facts, List<Table> tables, Optional<RawString> tree) {
    public static final DataParts NONE = new DataParts(List.of(), List.of(), Optional.empty());

    /** @param spoken members that the page says elsewhere */
    public static DataParts of(JsonNode data, Set<String> spoken) {
        if (!data.isObject()) {
            return data.isMissingNode() || data.isNull()
                    ? NONE
                    : new DataParts(List.of(), List.of(), Optional.of(JsonTree.of(data)));
        }
        List<Fact> facts = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        data.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (spoken.contains(member.getKey()) || value.isNull()) {
                return;
            }
            if (!value.isContainerNode()) {
                facts.add(Fact.of(Words.label(member.getKey()), Table.value(member.getKey(), value)));
            } else if (isTable(value)) {
                tables.add(Table.ofObjects(member.getKey(), value));
            } else if (!value.isEmpty()) {
                left.set(member.getKey(), value);
            }
        });
        return new DataParts(facts, tables, left.isEmpty() ? Optional.empty() : Optional.of(JsonTree.of(left)));
    }

    private static boolean isTable(JsonNode value) {
        return value.isArray()
                && !value.isEmpty()
                && value.valueStream().allMatch(JsonNode::isObject)
                && value.valueStream().anyMatch(row -> row.valueStream().anyMatch(cell -> !cell.isContainerNode()));
    }
}
