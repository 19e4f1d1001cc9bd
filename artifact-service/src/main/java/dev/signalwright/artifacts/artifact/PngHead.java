package dev.signalwright.artifacts.artifact;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The first 33 bytes of a PNG: signature and IHDR (PNG specification, third edition, sections 5.2 and 11.2.1). Says what is
 * wrong with them before anything is decoded: a picture of a few bytes may claim to unpack into gigabytes. What follows is
 * neither read nor promised.
 */
final class PngHead {
    /** The widest and the highest picture in pixels. */
    static final int LONGEST_SIDE = 20_000;

    /** The largest picture in pixels: 400 MB in the memory of whoever decodes it. */
    static final long MOST_PIXELS = 100_000_000;

    private static final byte[] START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
    private static final byte[] NAME = {'I', 'H', 'D', 'R'};

    /** IHDR's name and its 13 bytes: what its checksum covers. */
    private static final int CHECKED = 17;

    private static final int LENGTH = START.length + CHECKED + Integer.BYTES;

    private PngHead() {}

    /** The broken rule; empty when there is none. */
    static Optional<String> broken(byte[] bytes) {
        if (!begins(bytes)) {
            return Optional.of("must be a PNG: its first bytes are not those of one");
        }
        if (bytes.length < LENGTH) {
            return Optional.of("must be a PNG: it ends within its header");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, START.length + NAME.length, LENGTH - START.length - NAME.length);
        int width = head.getInt();
        int height = head.getInt();
        int depth = head.get();
        int colour = head.get();
        int compression = head.get();
        int filter = head.get();
        boolean known = compression == 0 && filter == 0 && isOneOf(head.get(), 0, 1);
        CRC32 sum = new CRC32();
        sum.update(bytes, START.length, CHECKED);
        if (head.getInt() != (int) sum.getValue()) {
            return Optional.of("must be a PNG: the checksum of its header is wrong, so it was damaged on its way");
        }
        if (!known || !isDepth(colour, depth)) {
            return Optional.of("must be a PNG: its header names a bit depth, colour type, compression, filter or"
                    + " interlacing that no PNG has");
        }
        return size(width, height);
    }

    private static boolean begins(byte[] bytes) {
        int name = START.length;
        return bytes.length >= name + NAME.length
                && Arrays.equals(bytes, 0, name, START, 0, name)
                && Arrays.equals(bytes, name, name + NAME.length, NAME, 0, NAME.length);
    }

    /** The bit depths of a colour type. */
    private static boolean isDepth(int colour, int depth) {
        return switch (colour) {
            case 0 -> isOneOf(depth, 1, 2, 4, 8, 16);
            case 3 -> isOneOf(depth, 1, 2, 4, 8);
            case 2, 4, 6 -> isOneOf(depth, 8, 16);
            default -> false;
        };
    }

    private static boolean isOneOf(int value, int... values) {
        return Arrays.stream(values).anyMatch(one -> one == value);
    }

    private static Optional<String> size(int width, int height) {
        if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
            return Optional.of("must be 1 to %,d pixels wide and high; its header says %s x %s"
                    .formatted(LONGEST_SIDE, Integer.toUnsignedString(width), Integer.toUnsignedString(height)));
        }
        return (long) width * height <= MOST_PIXELS
                ? Optional.empty()
                : Optional.of(
                        "must have at most %,d pixels; its header says %d x %d".formatted(MOST_PIXELS, width, height));
    }
}
