package dev.signalwright.worker.tws.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds the payload of one frame, field by field, each ended by NUL. */
public final class FieldWriter {
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream(512);

    /**
     * Appends one field.
     *
     * @throws WireException the text does not fit the type, or holds anything but printable ASCII
     */
    public FieldWriter write(String name, FieldType type, String text) {
        String wire = type.toWire(text);
        for (int i = 0; i < wire.length(); i++) {
            if (wire.charAt(i) < 0x20 || wire.charAt(i) > 0x7E) {
                throw new WireException("The field " + name + " may hold printable ASCII only; character " + i
                        + " is code " + (int) wire.charAt(i) + ".");
            }
        }
        if (!type.accepts(wire)) {
            throw new WireException("The field " + name + " cannot hold '" + wire + "': it is of type " + type + ".");
        }
        payload.writeBytes(wire.getBytes(StandardCharsets.US_ASCII));
        payload.write(0);
        return this;
    }

    public byte[] payload() {
        return payload.toByteArray();
    }
}
