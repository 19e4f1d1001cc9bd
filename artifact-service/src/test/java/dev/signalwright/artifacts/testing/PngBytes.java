package dev.signalwright.artifacts.testing;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Heads of PNG pictures: signature and IHDR, which is all that the service reads of one. */
public final class PngBytes {
    private static final int IHDR_WITH_NAME = 17;

    private PngBytes() {}

    /** Eight bits of red, green and blue. */
    public static byte[] of(int width, int height) {
        return of(width, height, 8, 2, 0);
    }

    /** @param depth and what follows it as IHDR has them */
    public static byte[] of(int width, int height, int depth, int colour, int interlace) {
        ByteBuffer head = ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'})
                .putInt(width)
                .putInt(height)
                .put(new byte[] {(byte) depth, (byte) colour, 0, 0, (byte) interlace});
        CRC32 sum = new CRC32();
        sum.update(head.array(), head.position() - IHDR_WITH_NAME, IHDR_WITH_NAME);
        return head.putInt((int) sum.getValue()).array();
    }
}
