package dev.signalwright.worker.tws.message;

import dev.signalwright.worker.tws.wire.FieldReader;
import dev.signalwright.worker.tws.wire.FieldType;
import dev.signalwright.worker.tws.wire.FieldWriter;
import dev.signalwright.worker.tws.wire.WireException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Frames to records and back, for one direction.
 *
 * @param <M> {@link ClientMessage} or {@link ServerMessage}
 */
public final class MessageCodec<M> {
    /** The range of server versions whose tables are known. */
    public static final int MIN_VERSION = 157;

    public static final int MAX_VERSION = 178;

    private final LayoutTable table;
    private final Class<M> direction;
    private final BiFunction<Integer, List<String>, M> unknown;
    private final Map<String, RecordBinding<?>> bindings = new HashMap<>();

    private MessageCodec(LayoutTable table, Class<M> direction, BiFunction<Integer, List<String>, M> unknown) {
        this.table = table;
        this.direction = direction;
        this.unknown = unknown;
        Arrays.stream(direction.getPermittedSubclasses())
                .map(type -> type.asSubclass(Record.class))
                .forEach(type -> bindings.put(layoutName(type), new RecordBinding<>(type)));
    }

    /** What clients say. */
    public static MessageCodec<ClientMessage> requests() {
        return new MessageCodec<>(
                LayoutTable.ofResource("requests.layout"), ClientMessage.class, ClientMessage.UnknownRequest::new);
    }

    /** What gateways say. */
    public static MessageCodec<ServerMessage> answers() {
        return new MessageCodec<>(
                LayoutTable.ofResource("answers.layout"), ServerMessage.class, ServerMessage.UnknownAnswer::new);
    }

    /**
     * A decoded message.
     *
     * @param surplus fields behind those of the table, which newer gateways may append; ignored but reported
     */
    public record Decoded<M>(M message, List<String> surplus) {}

    /** @throws WireException a field is missing or not of its type */
    public Decoded<M> decode(byte[] payload, int version) {
        FieldReader reader = new FieldReader(payload);
        int id = reader.readNumber("message id");
        Layout layout = table.withId(id).orElse(null);
        RecordBinding<?> binding = layout == null ? null : bindings.get(layout.name());
        if (layout == null || binding == null) {
            return new Decoded<>(unknown.apply(id, reader.rest()), List.of());
        }
        M message = direction.cast(binding.toRecord(layout.read(reader, version)));
        return new Decoded<>(message, reader.rest());
    }

    /** @throws WireException a value does not fit its field, for example a control character in a text */
    public byte[] encode(M message, int version) {
        Record values = (Record) message;
        Layout layout = table.named(layoutName(values.getClass()));
        Fields fields = new Fields(null);
        RecordBinding.toFields(values, fields);
        FieldWriter writer = new FieldWriter();
        writer.write("message id", FieldType.INT, Integer.toString(layout.id()));
        layout.write(fields, writer, version);
        return writer.payload();
    }

    /** One readable line: the message's name and those fields that do not hold what is usual. */
    public String describe(byte[] payload, int version) {
        FieldReader reader = new FieldReader(payload);
        int id = reader.readNumber("message id");
        Layout layout = table.withId(id).orElse(null);
        if (layout == null) {
            return "message " + id + " " + reader.rest();
        }
        return describe(layout, layout.read(reader, version));
    }

    /** The same for a message of our own; a long list is only counted. */
    public String describe(M message) {
        Record values = (Record) message;
        Fields fields = new Fields(null);
        RecordBinding.toFields(values, fields);
        return describe(table.named(layoutName(values.getClass())), fields);
    }

    private static String describe(Layout layout, Fields fields) {
        Map<String, Layout.Field> known = layout.fields();
        StringJoiner line = new StringJoiner(" ").add(layout.name());
        fields.values().forEach((name, text) -> {
            Layout.Field field = known.get(name);
            if (!name.equals("version") && (field == null || !text.equals(field.fallback())) && !text.isEmpty()) {
                line.add(name + "=" + text);
            }
        });
        fields.lists().forEach((name, elements) -> {
            if (!elements.isEmpty()) {
                line.add(name + "[" + elements.size() + "]");
            }
        });
        return line.toString();
    }

    /** The message's name as the layout files have it, for example {@code placeOrder}. */
    public static String nameOf(Record message) {
        return layoutName(message.getClass());
    }

    /** The names of all messages with a table. */
    public Set<String> names() {
        return new TreeSet<>(bindings.keySet());
    }

    Layout layoutOf(Class<?> type) {
        return table.named(layoutName(type));
    }

    private static String layoutName(Class<?> type) {
        String name = type.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
