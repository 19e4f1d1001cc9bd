package dev.signalwright.worker.spool;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The file format of one record, version 1. Numbers are big-endian and unsigned.
 *
 * <pre>
 * offset length
 *      0      8  magic: "SWSPOOL" and a line feed
 *      8      2  version: 1
 *     10      2  header length h: 108
 *     12      1  kind: 1 artifact, 2 patch
 *     13      3  zero
 *     16      8  handed over at, milliseconds since 1970-01-01 UTC
 *     24     16  execution id
 *     40     16  artifact id
 *     56      8  JSON length j
 *     64      8  blob length b, 0 when there is none
 *     72     32  SHA-256 of the payload
 *    104      4  CRC32C of the header before it (the last four bytes of every version's header)
 *      h      j  payload: JSON, UTF-8
 *    h+j      b  payload: blob
 * </pre>
 *
 * A file of any other length is torn. Magic, version, header length and checksum stand at the same place in every
 * version, so that an older reader can tell a newer record from a damaged one.
 */
final class RecordFormat {
    static final int VERSION = 1;
    static final int HEADER_BYTES = 108;
    static final long MOST_JSON_BYTES = 4L * 1024 * 1024;
    static final long MOST_BLOB_BYTES = 64L * 1024 * 1024;

    private static final byte[] MAGIC = "SWSPOOL\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_HEADER_BYTES = 4096;
    private static final int PREAMBLE_BYTES = 12;
    private static final int CHECKSUM_BYTES = 4;

    private RecordFormat() {}

    /** What a file turned out to be. */
    sealed interface Reading {
        /** A whole record. */
        record Sound(SpoolRecord content) implements Reading {}

        /** Torn or altered. */
        record Damaged(String reason) implements Reading {}

        /** A whole header of a version this reader does not know. */
        record Newer(int version) implements Reading {}
    }

    static byte[] header(SpoolRecord content) {
        if (content.json().length > MOST_JSON_BYTES || content.blob().length > MOST_BLOB_BYTES) {
            throw new IllegalArgumentException("A record holds at most " + MOST_JSON_BYTES + " bytes of JSON and "
                    + MOST_BLOB_BYTES + " bytes of blob, not " + content.json().length + " and "
                    + content.blob().length + ".");
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putShort((short) VERSION)
                .putShort((short) HEADER_BYTES)
                .put((byte) content.kind().number())
                .put(new byte[3])
                .putLong(content.spooledAt().toEpochMilli());
        putId(header, content.executionId());
        putId(header, content.artifactId());
        header.putLong(content.json().length).putLong(content.blob().length);
        header.put(sha256(content.json(), content.blob()));
        return header.putInt(checksum(header.array(), HEADER_BYTES)).array();
    }

    static Reading read(byte[] file) {
        if (file.length < PREAMBLE_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return new Reading.Damaged("it does not begin like a spool record");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int version = Short.toUnsignedInt(bytes.getShort(8));
        int headerBytes = Short.toUnsignedInt(bytes.getShort(10));
        if (headerBytes < PREAMBLE_BYTES + CHECKSUM_BYTES
                || headerBytes > MOST_HEADER_BYTES
                || file.length < headerBytes
                || bytes.getInt(headerBytes - CHECKSUM_BYTES) != checksum(file, headerBytes)) {
            return new Reading.Damaged("its header is torn or altered");
        }
        if (version > VERSION) {
            return new Reading.Newer(version);
        }
        return headerBytes == HEADER_BYTES ? body(file, bytes) : new Reading.Damaged("its header has a wrong length");
    }

    private static Reading body(byte[] file, ByteBuffer bytes) {
        Optional<SpoolRecord.Kind> kind = Arrays.stream(SpoolRecord.Kind.values())
                .filter(candidate -> candidate.number() == bytes.get(12))
                .findAny();
        long jsonBytes = bytes.getLong(56);
        long blobBytes = bytes.getLong(64);
        if (kind.isEmpty()
                || jsonBytes < 0
                || blobBytes < 0
                || jsonBytes > MOST_JSON_BYTES
                || blobBytes > MOST_BLOB_BYTES) {
            return new Reading.Damaged("its header makes no sense");
        }
        if (file.length != HEADER_BYTES + jsonBytes + blobBytes) {
            return new Reading.Damaged(
                    "it is " + file.length + " bytes long instead of " + (HEADER_BYTES + jsonBytes + blobBytes));
        }
        int split = HEADER_BYTES + (int) jsonBytes;
        byte[] json = Arrays.copyOfRange(file, HEADER_BYTES, split);
        byte[] blob = Arrays.copyOfRange(file, split, file.length);
        if (!MessageDigest.isEqual(sha256(json, blob), Arrays.copyOfRange(file, 72, 104))) {
            return new Reading.Damaged("its payload does not match its SHA-256");
        }
        return new Reading.Sound(new SpoolRecord(
                kind.get(), id(bytes, 24), id(bytes, 40), Instant.ofEpochMilli(bytes.getLong(16)), json, blob));
    }

    private static void putId(ByteBuffer header, UUID id) {
        header.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID id(ByteBuffer bytes, int offset) {
        return new UUID(bytes.getLong(offset), bytes.getLong(offset + 8));
    }

    private static int checksum(byte[] file, int headerBytes) {
        CRC32C crc = new CRC32C();
        crc.update(file, 0, headerBytes - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
