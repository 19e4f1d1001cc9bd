package dev.signalwright.worker.tws.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final byte[] ONE = "49\0001\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "9\0001\00042\0".getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsFramesThatArriveCutAtAnyByte() throws IOException {
        byte[] stream = twoFrames();
        for (int cut = 0; cut <= stream.length; cut++) {
            FrameReader reader = new FrameReader(new Interrupted(stream, cut));
            assertArrayEquals(ONE, nextInSpiteOfTimeout(reader));
            assertArrayEquals(OTHER, nextInSpiteOfTimeout(reader));
        }
    }

    @Test
    void saysWhenTheStreamEndsInsideAFrame() {
        byte[] stream = FrameWriter.frame(ONE);
        for (int length = 1; length < stream.length; length++) {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(stream, 0, length));
            assertThrows(EOFException.class, reader::next);
        }
    }

    @Test
    void endsBetweenFramesWithoutAnError() throws IOException {
        assertTrue(new FrameReader(InputStream.nullInputStream()).next().isEmpty());
    }

    @Test
    void readsAFrameOfTheLongestLength() throws IOException {
        byte[] longest = new byte[FrameReader.MAX_FRAME_BYTES];
        longest[longest.length - 1] = 7;
        FrameReader reader = new FrameReader(new ByteArrayInputStream(FrameWriter.frame(longest)));
        assertArrayEquals(longest, reader.next().orElseThrow());
    }

    @Test
    void refusesALengthAboveTheLimitBeforeItReadsOn() {
        byte[] header = ByteBuffer.allocate(4).putInt(FrameReader.MAX_FRAME_BYTES + 1).array();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(header));
        WireException refusal = assertThrows(WireException.class, reader::next);
        assertTrue(refusal.getMessage().contains("16777216"), refusal.getMessage());
        assertThrows(WireException.class, () -> FrameWriter.frame(new byte[FrameReader.MAX_FRAME_BYTES + 1]));
    }

    @Test
    void refusesANegativeLength() {
        FrameReader reader = new FrameReader(new ByteArrayInputStream("HTTP".getBytes(StandardCharsets.US_ASCII)));
        assertThrows(WireException.class, reader::next);
        FrameReader negative = new FrameReader(new ByteArrayInputStream(new byte[] {-1, -1, -1, -1}));
        assertThrows(WireException.class, negative::next);
    }

    @Test
    void neverFailsOtherwiseOnGarbage() {
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 10_000; round++) {
            byte[] garbage = new byte[random.nextInt(64)];
            random.nextBytes(garbage);
            if (garbage.length > 1) {
                garbage[0] = 0;
                garbage[1] = 0;
            }
            FrameReader reader = new FrameReader(new ByteArrayInputStream(garbage));
            try {
                for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                    assertTrue(frame.get().length <= garbage.length);
                }
            } catch (IOException | WireException expected) {
                assertTrue(expected.getMessage().length() > 10);
            }
        }
    }

    private static byte[] twoFrames() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(FrameWriter.frame(ONE));
        stream.writeBytes(FrameWriter.frame(OTHER));
        return stream.toByteArray();
    }

    private static byte[] nextInSpiteOfTimeout(FrameReader reader) throws IOException {
        try {
            return reader.next().orElseThrow();
        } catch (SocketTimeoutException e) {
            return reader.next().orElseThrow();
        }
    }

    /** Times out once, after some bytes. */
    private static final class Interrupted extends InputStream {
        private final byte[] bytes;
        private final int cut;
        private int position;
        private boolean interrupted;

        Interrupted(byte[] bytes, int cut) {
            this.bytes = bytes;
            this.cut = cut;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("only whole reads are expected");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (position == cut && !interrupted) {
                interrupted = true;
                throw new SocketTimeoutException("cut");
            }
            int end = interrupted ? bytes.length : cut;
            int count = Math.min(length, end - position);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(bytes, position, into, offset, count);
            position += count;
            return count;
        }
    }

    @Test
    void writesLengthAndPayload() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FrameWriter(out).write(ONE);
        assertEquals(4 + ONE.length, out.size());
        assertArrayEquals(FrameWriter.frame(ONE), out.toByteArray());
    }
}
