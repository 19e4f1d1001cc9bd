package dev.signalwright.worker.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signalwright.worker.spool.RecordFormat.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    private static final SpoolRecord RECORD = new SpoolRecord(
            SpoolRecord.Kind.ARTIFACT,
            UUID.fromString("2e87b9c5-f14c-579d-9534-f86ff937493e"),
            UUID.fromString("d737b10f-a8ae-58c6-ab60-aba7fd3821e7"),
            Instant.parse("2012-09-20T13:00:00.123Z"),
            "{\"type\":\"chart\",\"name\":\"daily\"}".getBytes(StandardCharsets.UTF_8),
            new byte[] {1, 2, 3, 4, 5});

    @Test
    void readsWhatItWrote() {
        SpoolRecord read = assertInstanceOf(Reading.Sound.class, RecordFormat.read(file())).content();
        assertEquals(RECORD.kind(), read.kind());
        assertEquals(RECORD.executionId(), read.executionId());
        assertEquals(RECORD.artifactId(), read.artifactId());
        assertEquals(RECORD.spooledAt(), read.spooledAt());
        assertArrayEquals(RECORD.json(), read.json());
        assertArrayEquals(RECORD.blob(), read.blob());
    }

    @Test
    void recognisesACutAtEveryLength() {
        byte[] file = file();
        for (int length = 0; length < file.length; length++) {
            assertInstanceOf(Reading.Damaged.class, RecordFormat.read(Arrays.copyOf(file, length)), "cut at " + length);
        }
        assertInstanceOf(Reading.Damaged.class, RecordFormat.read(Arrays.copyOf(file, file.length + 1)), "one more");
    }

    @Test
    void recognisesEveryFlippedBit() {
        byte[] file = file();
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertInstanceOf(Reading.Damaged.class, RecordFormat.read(flipped), "bit " + bit);
        }
    }

    @Test
    void tellsANewerFormatFromADamagedOne() {
        byte[] file = file();
        ByteBuffer bytes = ByteBuffer.wrap(file).putShort(8, (short) 2);
        CRC32C crc = new CRC32C();
        crc.update(file, 0, 104);
        bytes.putInt(104, (int) crc.getValue());
        assertEquals(2, assertInstanceOf(Reading.Newer.class, RecordFormat.read(file)).version());
    }

    @Test
    void refusesToWriteWhatItWouldNotRead() {
        byte[] tooLong = new byte[(int) RecordFormat.MOST_JSON_BYTES + 1];
        SpoolRecord big = new SpoolRecord(
                RECORD.kind(), RECORD.executionId(), RECORD.artifactId(), RECORD.spooledAt(), tooLong, new byte[0]);
        assertThrows(IllegalArgumentException.class, () -> RecordFormat.header(big));
    }

    private static byte[] file() {
        byte[] header = RecordFormat.header(RECORD);
        return ByteBuffer.allocate(header.length + RECORD.json().length + RECORD.blob().length)
                .put(header)
                .put(RECORD.json())
                .put(RECORD.blob())
                .array();
    }
}
