package dev.signalwright.worker.tws.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import dev.signalwright.worker.tws.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a gateway may never send: frames made of random bytes and of real messages with random damage. The
 * seed is printed; {@code -Dframes.seed=N} repeats a run, {@code -Dframes.count=N} sets how many.
 */
class RandomFramesTest {
    private static final int FRAMES = Integer.getInteger("frames.count", 1_000_000);
    private static final int V = 178;
    /** One frame may load classes, but not make room for what it only announces. */
    private static final long MOST_BYTES_FOR_ONE = 2 * 1024 * 1024;

    private static final long MOST_BYTES_ON_AVERAGE = 32 * 1024;

    private static final List<String> WORDS = List.of(
            "",
            "0",
            "-1",
            "1",
            "2147483647",
            "-2147483648",
            "9223372036854775807",
            "1.7976931348623157E308",
            "Infinity",
            "Infinite",
            "NaN",
            "1E400",
            "1e-400",
            "0x1p3",
            "None",
            "true",
            "\\ud800",
            "\\u00",
            "\u00e4",
            "+5",
            " 5",
            "00000000000000000000000000000000000001",
            "9".repeat(500));

    private final MessageCodec<ServerMessage> answers = MessageCodec.answers();
    private final MessageCodec<ClientMessage> requests = MessageCodec.requests();

    @Test
    @Timeout(120)
    void nothingButTheTypedExceptionAndNoMemoryBeyondTheFrame() {
        long seed = Long.getLong("frames.seed", System.nanoTime());
        System.out.println("RandomFramesTest: -Dframes.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> seeds =
                MessageCodecTest.capturedAnswers().map(Transcript::bytes).toList();
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Loads the classes, which is no business of a frame.
        seeds.forEach(payload -> isRead(payload, seed, -1));
        isRead(new byte[] {'x', 0}, seed, -1);
        long read = 0;
        long all = memory.getCurrentThreadAllocatedBytes();
        for (int frame = 0; frame < FRAMES; frame++) {
            byte[] payload = random.nextInt(4) == 0 ? noise(random) : damaged(seeds, random);
            long before = memory.getCurrentThreadAllocatedBytes();
            read += isRead(payload, seed, frame) ? 1 : 0;
            long used = memory.getCurrentThreadAllocatedBytes() - before;
            if (used > MOST_BYTES_FOR_ONE) {
                fail("seed " + seed + ", frame " + frame + ": " + used + " bytes of memory for " + payload.length);
            }
        }
        long average = (memory.getCurrentThreadAllocatedBytes() - all) / FRAMES;
        assertTrue(average < MOST_BYTES_ON_AVERAGE, "seed " + seed + ": " + average + " bytes a frame");
        assertTrue(read > FRAMES / 20, "hardly any frame was read: " + read);
    }

    private boolean isRead(byte[] payload, long seed, int frame) {
        try {
            assertInstanceOf(ServerMessage.class, answers.decode(payload, V).message());
            return true;
        } catch (WireException expected) {
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", frame " + frame + ": " + Transcript.text(payload), e);
        }
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] damaged(List<byte[]> seeds, SplittableRandom random) {
        byte[] payload = seeds.get(random.nextInt(seeds.size())).clone();
        if (random.nextBoolean()) {
            String[] fields = new String(payload, StandardCharsets.UTF_8).split("\0", -1);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                fields[random.nextInt(fields.length)] = WORDS.get(random.nextInt(WORDS.size()));
            }
            return String.join("\0", fields).getBytes(StandardCharsets.UTF_8);
        }
        for (int change = random.nextInt(0, 4); change > 0; change--) {
            payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(payload, random.nextInt(payload.length + 1)) : payload;
    }

    @Test
    void everyMessageCutAtEveryByteIsRefusedOrReadWithoutItsEnd() {
        MessageCodecTest.capturedAnswers().map(Transcript::bytes).forEach(whole -> {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(WireException.class, () -> answers.decode(cut, V), Transcript.text(cut));
            }
        });
        MessageCodecTest.capturedRequests().map(Transcript::bytes).forEach(whole -> {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(WireException.class, () -> requests.decode(cut, V), Transcript.text(cut));
            }
        });
    }

    @Test
    void aStreamCutAtEveryByteEndsInAFrameOrInItsEnd() throws IOException {
        byte[] stream = FrameWriter.frame(Transcript.bytes("49|1|1763629200|"));
        for (int length = 1; length < stream.length; length++) {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(stream, 0, length));
            assertThrows(EOFException.class, reader::next, length + " bytes");
        }
        assertEquals(
                stream.length - Integer.BYTES,
                new FrameReader(new ByteArrayInputStream(stream)).next().orElseThrow().length);
    }
}
