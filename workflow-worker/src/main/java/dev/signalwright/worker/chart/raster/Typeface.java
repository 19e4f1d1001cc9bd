package dev.signalwright.worker.chart.raster;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One weight of the bundled typeface: outlines and widths of the characters charts use. The build extracts them from
 * IBM Plex Sans ({@code src/main/fonts}), where the format is described.
 */
public final class Typeface {
    private static final String RESOURCE = "glyphs.bin";
    private static final int MAGIC = 0x53574731;
    private static final int CHARACTERS = 0x2213;

    /** Coordinates per segment: control x, control y, x, y. */
    private static final int SEGMENT = 4;

    private final Glyph[] glyphs = new Glyph[CHARACTERS];
    private final int unitsPerEm;

    /** The weights, in the order of the resource. */
    public record Family(Typeface regular, Typeface semiBold) {}

    /** @param contours per contour: start x, start y, then the segments, in half units, y upwards */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Glyph(int advance, short[][] contours) {}

    private Typeface(DataInputStream in) throws IOException {
        unitsPerEm = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            int character = in.readUnsignedShort();
            int advance = in.readUnsignedShort();
            short[][] contours = new short[in.readUnsignedShort()][];
            for (int contour = 0; contour < contours.length; contour++) {
                contours[contour] = contour(in);
            }
            glyphs[character] = new Glyph(advance, contours);
        }
    }

    private static short[] contour(DataInputStream in) throws IOException {
        short startX = in.readShort();
        short startY = in.readShort();
        short[] points = new short[2 + SEGMENT * in.readUnsignedShort()];
        points[0] = startX;
        points[1] = startY;
        for (int i = 2; i < points.length; i++) {
            points[i] = in.readShort();
        }
        return points;
    }

    /** Reads the outlines that the build put beside this class. */
    public static Family load() {
        try (InputStream resource = Typeface.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The build did not put " + RESOURCE
                        + " beside the rasteriser. Build the module with Maven (phase generate-resources).");
            }
            DataInputStream in = new DataInputStream(new BufferedInputStream(resource, 1 << 16));
            if (in.readInt() != MAGIC) {
                throw new IllegalStateException(
                        "The file " + RESOURCE + " is of another build. Build the module anew.");
            }
            return new Family(new Typeface(in), new Typeface(in));
        } catch (IOException e) {
            throw new UncheckedIOException("The outlines of the charts' characters cannot be read.", e);
        }
    }

    double width(String text, double size) {
        double units = 0;
        for (int i = 0; i < text.length(); i++) {
            units += glyph(text.charAt(i)).advance();
        }
        return units * size / unitsPerEm;
    }

    /** Lays the text's outlines and returns the x where it ends. */
    double trace(String text, double x, double baseline, double size, Pen pen) {
        double scale = size / unitsPerEm;
        double cursor = x;
        for (int i = 0; i < text.length(); i++) {
            Glyph glyph = glyph(text.charAt(i));
            for (short[] contour : glyph.contours()) {
                trace(contour, cursor, baseline, scale / 2, pen);
            }
            cursor += glyph.advance() * scale;
        }
        return cursor;
    }

    private static void trace(short[] contour, double x, double baseline, double scale, Pen pen) {
        pen.moveTo(x + contour[0] * scale, baseline - contour[1] * scale);
        for (int i = 2; i < contour.length; i += SEGMENT) {
            double endX = x + contour[i + 2] * scale;
            double endY = baseline - contour[i + 3] * scale;
            if (contour[i] == contour[i + 2] && contour[i + 1] == contour[i + 3]) {
                pen.lineTo(endX, endY);
            } else {
                pen.curveTo(x + contour[i] * scale, baseline - contour[i + 1] * scale, endX, endY);
            }
        }
    }

    private Glyph glyph(char character) {
        Glyph glyph = character < CHARACTERS ? glyphs[character] : null;
        if (glyph == null) {
            throw new IllegalArgumentException("Charts have no character U+" + Integer.toHexString(character) + ".");
        }
        return glyph;
    }
}
