package dev.signalwright.worker.chart.raster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files (W3C PNG, 8-bit RGB, not interlaced). */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Measured on charts: higher levels take twice the time and more for a tenth of the size. */
    private static final int LEVEL = 4;

    private static final byte[] HEADER_TAIL = {8, 2, 0, 0, 0};

    private Png() {}

    /**
     * The file's bytes. Their pixels are always the same; the bytes themselves depend on the zlib of the Java runtime,
     * so a picture's identity is {@link Pixels#sha256()}.
     */
    public static byte[] encode(Pixels pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 18);
        out.writeBytes(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(bigEndian(pixels.width()));
        header.writeBytes(bigEndian(pixels.height()));
        header.writeBytes(HEADER_TAIL);
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", deflate(scanLines(pixels)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Every row behind its filter byte 0 (none): flat areas and straight lines deflate best unfiltered. */
    private static byte[] scanLines(Pixels pixels) {
        int row = pixels.width() * 3;
        byte[] lines = new byte[(row + 1) * pixels.height()];
        for (int y = 0; y < pixels.height(); y++) {
            System.arraycopy(pixels.rgb(), y * row, lines, y * (row + 1) + 1, row);
        }
        return lines;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 18);
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        out.writeBytes(bigEndian(content.length));
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(bigEndian((int) sum.getValue()));
    }

    private static byte[] bigEndian(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
