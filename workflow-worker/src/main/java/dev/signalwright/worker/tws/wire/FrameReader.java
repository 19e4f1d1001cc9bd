package dev.signalwright.worker.tws.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream into frames: 4 bytes big-endian length, then that many bytes. A frame may arrive in any number of
 * pieces: when a read times out ({@link java.net.SocketTimeoutException}), nothing is lost and the next call goes on
 * where this one stopped. The length is checked before anything is allocated, and memory grows only with bytes that
 * have really arrived.
 */
public final class FrameReader {
    /** The longest frame either side may send, in bytes. */
    public static final int MAX_FRAME_BYTES = 0xFFFFFF;

    private static final int CHUNK_BYTES = 8 * 1024;

    private final InputStream in;
    private final byte[] header = new byte[Integer.BYTES];
    private int headerBytes;
    private byte[] payload = new byte[0];
    private int payloadBytes;

    public FrameReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next frame's payload, or empty when the stream ended between two frames.
     *
     * @throws EOFException the stream ended inside a frame
     * @throws WireException the announced length is negative or above {@link #MAX_FRAME_BYTES}
     */
    public Optional<byte[]> next() throws IOException {
        while (headerBytes < header.length) {
            int read = in.read(header, headerBytes, header.length - headerBytes);
            if (read < 0) {
                if (headerBytes == 0) {
                    return Optional.empty();
                }
                throw new EOFException("The stream ended inside a frame's length, after " + headerBytes + " bytes.");
            }
            headerBytes += read;
        }
        int length = length();
        while (payloadBytes < length) {
            if (payloadBytes == payload.length) {
                payload = Arrays.copyOf(payload, Math.min(length, Math.max(CHUNK_BYTES, payload.length * 2)));
            }
            int read = in.read(payload, payloadBytes, payload.length - payloadBytes);
            if (read < 0) {
                throw new EOFException(
                        "The stream ended inside a frame, after " + payloadBytes + " of " + length + " bytes.");
            }
            payloadBytes += read;
        }
        byte[] frame = Arrays.copyOf(payload, length);
        headerBytes = 0;
        payload = new byte[0];
        payloadBytes = 0;
        return Optional.of(frame);
    }

    /** The four bytes the frame at hand began with, whatever they mean. */
    public byte[] header() {
        return header.clone();
    }

    private int length() {
        int length = ByteBuffer.wrap(header).getInt();
        if (length < 0 || length > MAX_FRAME_BYTES) {
            throw new WireException("A frame announces " + Integer.toUnsignedString(length) + " bytes; at most "
                    + MAX_FRAME_BYTES + " are allowed. The other side does not speak this protocol.");
        }
        return length;
    }
}
