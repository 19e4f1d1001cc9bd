package dev.signalwright.worker.tws.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of one frame from left to right. Each ends with NUL; field 0 is the message id. */
public final class FieldReader {
    private final byte[] payload;
    private int offset;
    private int position;

    public FieldReader(byte[] payload) {
        this.payload = payload.clone();
    }

    /** Whether all fields were read. */
    public boolean atEnd() {
        return offset >= payload.length;
    }

    /**
     * The next field.
     *
     * @param name for the error message, for example {@code openOrder.permId}
     * @throws WireException there is no further field, or its text does not fit the type
     */
    public String read(String name, FieldType type) {
        if (atEnd()) {
            throw new WireException("The message ends before field " + position + " (" + name + ").");
        }
        int end = offset;
        while (end < payload.length && payload[end] != 0) {
            end++;
        }
        if (end == payload.length) {
            throw new WireException("Field " + position + " (" + name + ") is not ended by a NUL byte.");
        }
        String text = new String(payload, offset, end - offset, StandardCharsets.UTF_8);
        if (!type.accepts(text)) {
            throw new WireException("Field " + position + " (" + name + ") holds '"
                    + text.substring(0, Math.min(text.length(), 40)) + "', which is not of type " + type + ".");
        }
        offset = end + 1;
        position++;
        return type.fromWire(text);
    }

    /** A whole number that must be there: the message id, or the count of a list. */
    public int readNumber(String name) {
        String text = read(name, FieldType.INT);
        if (text.isEmpty()) {
            throw new WireException("Field " + (position - 1) + " (" + name + ") is empty; a number belongs there.");
        }
        return Integer.parseInt(text);
    }

    /** Fields that can still follow, at most: no list can have more elements than there are bytes left. */
    public int bytesLeft() {
        return payload.length - offset;
    }

    /** All remaining fields, as text. */
    public List<String> rest() {
        List<String> fields = new ArrayList<>();
        while (!atEnd()) {
            fields.add(read("surplus", FieldType.TEXT));
        }
        return fields;
    }
}
