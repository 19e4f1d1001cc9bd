package dev.signalwright.worker.tws.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one message or list element by field name, in wire order. Mutable while it is built. */
final class Fields {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<Fields>> lists = new LinkedHashMap<>();
    private final @Nullable Fields outer;

    Fields(@Nullable Fields outer) {
        this.outer = outer;
    }

    void put(String name, String text) {
        values.put(name, text);
    }

    void put(String name, List<Fields> elements) {
        lists.put(name, elements);
    }

    /** The field's text; of a list its size; empty when the message has no such field. */
    String text(String name) {
        for (Fields scope = this; scope != null; scope = scope.outer) {
            String value = scope.values.get(name);
            if (value != null) {
                return value;
            }
            List<Fields> list = scope.lists.get(name);
            if (list != null) {
                return Integer.toString(list.size());
            }
        }
        return "";
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<Fields> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    Map<String, String> values() {
        return values;
    }

    Map<String, List<Fields>> lists() {
        return lists;
    }
}
