package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of {@code dag_id/run_id/task_id/map_index/try_number/type/name[/symbol]}. */
final class ArtifactKey {
    private static final List<String> MEMBERS =
            List.of("dag_id", "execution_id", "task_id", "map_index", "try_number", "type", "name", "symbol");
    private static final int WITHOUT_SYMBOL = MEMBERS.size() - 1;

    private ArtifactKey() {}

    /** Takes what the JSON does not say from the key, when the key falls into its parts in one way only. */
    static void complete(ObjectNode json, String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != MEMBERS.size() && parts.length != WITHOUT_SYMBOL) {
            return;
        }
        for (int i = 0; i < parts.length; i++) {
            String member = MEMBERS.get(i);
            if (json.has(member) || parts[i].isEmpty()) {
                continue;
            }
            if (member.equals("map_index") || member.equals("try_number")) {
                wholeNumber(parts[i]).ifPresent(number -> json.put(member, number));
            } else {
                json.put(member, parts[i]);
            }
        }
    }

    /** True when the key is the one that the JSON's own members make. */
    static boolean belongsTo(ObjectNode json, String key) {
        List<String> parts = new ArrayList<>();
        for (String member : MEMBERS) {
            if (json.has(member)) {
                parts.add(json.get(member).asText());
            } else if (!member.equals("symbol")) {
                return false;
            }
        }
        return String.join("/", parts).equals(key);
    }

    private static Optional<Integer> wholeNumber(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            // Then the key belongs to nothing, which belongsTo says.
            return Optional.empty();
        }
    }
}
