package dev.signalwright.worker.chart.raster;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A finished picture.
 *
 * @param rgb three bytes a pixel, row by row from the top; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // identity is sha256(), not equals; copying 8 MB would be waste
public record Pixels(int width, int height, byte[] rgb) {
    /** Lower-case hex SHA-256 over width and height (four bytes each, big-endian) and the RGB bytes. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(8).putInt(width).putInt(height).array());
            return HexFormat.of().formatHex(digest.digest(rgb));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256, this one does not.", e);
        }
    }
}
