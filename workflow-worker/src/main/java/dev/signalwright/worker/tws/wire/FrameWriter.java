package dev.signalwright.worker.tws.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes frames, each with one write call, so that a frame is never mixed with another. */
public final class FrameWriter {
    private final OutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** @throws WireException the payload is longer than {@link FrameReader#MAX_FRAME_BYTES}; nothing is written */
    public void write(byte[] payload) throws IOException {
        out.write(frame(payload));
        out.flush();
    }

    /** The frame's bytes: length and payload. */
    public static byte[] frame(byte[] payload) {
        if (payload.length > FrameReader.MAX_FRAME_BYTES) {
            throw new WireException("A frame of " + payload.length + " bytes is longer than the allowed "
                    + FrameReader.MAX_FRAME_BYTES + ".");
        }
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
