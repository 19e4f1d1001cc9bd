package dev.signalwright.worker.tws.message;

import dev.signalwright.worker.tws.wire.FieldReader;
import dev.signalwright.worker.tws.wire.FieldType;
import dev.signalwright.worker.tws.wire.FieldWriter;
import dev.signalwright.worker.tws.wire.WireException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The wire order of one message.
 *
 * @param name for example {@code placeOrder}
 * @param id the number it begins with
 */
record Layout(String name, int id, List<Item> items) {
    Layout {
        items = List.copyOf(items);
    }

    /** A line or block of a layout. */
    sealed interface Item {}

    /** One field, present at server versions {@code since <= v < until}. */
    record Field(String name, FieldType type, String fallback, int since, int until) implements Item {
        boolean in(int version) {
            return version >= since && version < until;
        }
    }

    /** Items that are present only when an earlier field has a certain value. */
    record Group(Condition condition, List<Item> items) implements Item {}

    /** A count and that many elements. */
    record Repeat(String name, List<Item> items) implements Item {}

    /** @param values the values that fulfil it; {@link #SET} and {@link #POSITIVE} stand for kinds of values */
    record Condition(String field, Set<String> values) {
        static final String SET = "set";
        static final String POSITIVE = "positive";

        boolean holds(Fields fields) {
            String value = fields.text(field);
            if (values.contains(SET)) {
                return !value.isEmpty();
            }
            if (values.contains(POSITIVE)) {
                return !RecordBinding.isUnset(value) && new BigDecimal(value).signum() > 0;
            }
            return values.contains(value);
        }
    }

    Fields read(FieldReader reader, int version) {
        Fields fields = new Fields(null);
        read(items, reader, version, fields);
        return fields;
    }

    private void read(List<Item> items, FieldReader reader, int version, Fields into) {
        for (Item item : items) {
            switch (item) {
                case Field field when field.in(version) ->
                    into.put(field.name(), reader.read(name + "." + field.name(), field.type()));
                case Field _ -> {}
                case Group group when group.condition().holds(into) -> read(group.items(), reader, version, into);
                case Group _ -> {}
                case Repeat repeat -> into.put(repeat.name(), readList(repeat, reader, version, into));
            }
        }
    }

    private List<Fields> readList(Repeat repeat, FieldReader reader, int version, Fields outer) {
        int count = reader.readNumber(name + "." + repeat.name() + " count");
        if (count < 0 || count > reader.bytesLeft()) {
            throw new WireException("The message " + name + " announces " + count + " " + repeat.name() + ", but only "
                    + reader.bytesLeft() + " bytes follow.");
        }
        List<Fields> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Fields element = new Fields(outer);
            read(repeat.items(), reader, version, element);
            elements.add(element);
        }
        return elements;
    }

    void write(Fields fields, FieldWriter writer, int version) {
        write(items, fields, writer, version);
    }

    private void write(List<Item> items, Fields fields, FieldWriter writer, int version) {
        for (Item item : items) {
            switch (item) {
                case Field field when field.in(version) -> {
                    if (!fields.has(field.name())) {
                        fields.put(field.name(), field.fallback());
                    }
                    writer.write(name + "." + field.name(), field.type(), fields.text(field.name()));
                }
                case Field _ -> {}
                case Group group when group.condition().holds(fields) ->
                    write(group.items(), fields, writer, version);
                case Group _ -> {}
                case Repeat repeat -> {
                    List<Fields> elements = fields.list(repeat.name());
                    writer.write(repeat.name() + " count", FieldType.INT, Integer.toString(elements.size()));
                    elements.forEach(element -> write(repeat.items(), element, writer, version));
                }
            }
        }
    }

    /** Every field outside lists by name. */
    Map<String, Field> fields() {
        Map<String, Field> found = new HashMap<>();
        collect(items, found);
        return found;
    }

    /** Every field of the elements of that list by name; empty when there is no such list. */
    Map<String, Field> fieldsOf(String list) {
        Map<String, Field> found = new HashMap<>();
        for (Item item : items) {
            if (item instanceof Repeat repeat && repeat.name().equals(list)) {
                collect(repeat.items(), found);
            }
        }
        return found;
    }

    private static void collect(List<Item> items, Map<String, Field> found) {
        for (Item item : items) {
            switch (item) {
                case Field field -> found.put(field.name(), field);
                case Group group -> collect(group.items(), found);
                case Repeat _ -> {}
            }
        }
    }
}
