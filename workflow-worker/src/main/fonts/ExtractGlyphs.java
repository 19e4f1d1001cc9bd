import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the outlines of the characters that charts use into one small file. Build step: {@code java ExtractGlyphs.java
 * OUT REGULAR.ttf SEMIBOLD.ttf}.
 *
 * <p>Output, big-endian: int32 {@code 0x53574731} ("SWG1"), then per font: uint16 units per em, uint16 number of glyphs,
 * per glyph: uint16 code point, uint16 advance, uint16 number of contours, per contour: int16 x, int16 y (start), uint16
 * number of segments, per segment: int16 control x, int16 control y, int16 x, int16 y. A straight segment has its
 * control point on its end. Coordinates are half font units (so implied points are whole), y grows upwards; a contour
 * closes by itself.
 */
final class ExtractGlyphs {
    private static final int MAGIC = 0x53574731;
    /** Printable ASCII, minus sign, multiplication sign, middle dot. */
    private static final String CHARACTERS = ascii() + "\u2212\u00D7\u00B7";

    private final ByteBuffer font;
    private final Map<String, Integer> tables = new HashMap<>();
    private final boolean longOffsets;
    private final int unitsPerEm;
    private final int longMetrics;

    private ExtractGlyphs(byte[] bytes) {
        font = ByteBuffer.wrap(bytes);
        for (int i = 0; i < u16(4); i++) {
            int entry = 12 + 16 * i;
            byte[] tag = new byte[4];
            font.get(entry, tag);
            tables.put(new String(tag, java.nio.charset.StandardCharsets.US_ASCII), font.getInt(entry + 8));
        }
        unitsPerEm = u16(table("head") + 18);
        longOffsets = u16(table("head") + 50) == 1;
        longMetrics = u16(table("hhea") + 34);
    }

    public static void main(String[] args) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        for (int i = 1; i < args.length; i++) {
            new ExtractGlyphs(Files.readAllBytes(Path.of(args[i]))).write(out);
        }
        Path target = Path.of(args[0]);
        Files.createDirectories(target.getParent());
        Files.write(target, bytes.toByteArray());
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeShort(unitsPerEm);
        out.writeShort(CHARACTERS.length());
        for (char character : CHARACTERS.toCharArray()) {
            int glyph = glyphOf(character);
            if (glyph == 0) {
                throw new IOException("The font has no glyph for U+" + Integer.toHexString(character));
            }
            List<List<Point>> contours = contours(glyph, 0);
            out.writeShort(character);
            out.writeShort(u16(table("hmtx") + 4 * Math.min(glyph, longMetrics - 1)));
            out.writeShort(contours.size());
            for (List<Point> contour : contours) {
                writeContour(out, contour);
            }
        }
    }

    /** TrueType contours may start off the curve and leave out the points midway between two control points. */
    private static void writeContour(DataOutputStream out, List<Point> contour) throws IOException {
        List<Point> full = new ArrayList<>();
        for (int i = 0; i < contour.size(); i++) {
            Point point = contour.get(i);
            Point next = contour.get((i + 1) % contour.size());
            full.add(point);
            if (!point.onCurve() && !next.onCurve()) {
                full.add(point.midway(next));
            }
        }
        while (!full.getFirst().onCurve()) {
            full.add(full.removeFirst());
        }
        List<Point[]> segments = new ArrayList<>();
        for (int i = 1; i <= full.size(); i++) {
            Point point = full.get(i % full.size());
            if (point.onCurve()) {
                segments.add(new Point[] {point, point});
            } else {
                segments.add(new Point[] {point, full.get((i + 1) % full.size())});
                i++;
            }
        }
        out.writeShort(full.getFirst().x());
        out.writeShort(full.getFirst().y());
        out.writeShort(segments.size());
        for (Point[] segment : segments) {
            for (Point point : segment) {
                out.writeShort(point.x());
                out.writeShort(point.y());
            }
        }
    }

    /** Contours in half font units. */
    private List<List<Point>> contours(int glyph, int depth) throws IOException {
        int start = location(glyph);
        if (start == location(glyph + 1)) {
            return List.of();
        }
        int at = table("glyf") + start;
        int count = font.getShort(at);
        if (count >= 0) {
            return simple(at + 10, count);
        }
        if (depth > 4) {
            throw new IOException("Glyph " + glyph + " is built of parts nested too deeply");
        }
        return composite(at + 10, depth);
    }

    private List<List<Point>> simple(int at, int count) {
        int[] ends = new int[count];
        for (int i = 0; i < count; i++) {
            ends[i] = u16(at + 2 * i);
        }
        int points = count == 0 ? 0 : ends[count - 1] + 1;
        int cursor = at + 2 * count;
        cursor += 2 + u16(cursor);
        int[] flags = new int[points];
        for (int i = 0; i < points; i++) {
            flags[i] = font.get(cursor++) & 0xFF;
            if ((flags[i] & 8) != 0) {
                int repeat = font.get(cursor++) & 0xFF;
                for (; repeat > 0; repeat--) {
                    flags[i + 1] = flags[i];
                    i++;
                }
            }
        }
        int[] xs = new int[points];
        int[] ys = new int[points];
        cursor = coordinates(cursor, flags, xs, 2, 16);
        coordinates(cursor, flags, ys, 4, 32);
        List<List<Point>> contours = new ArrayList<>();
        int first = 0;
        for (int end : ends) {
            List<Point> contour = new ArrayList<>();
            for (int i = first; i <= end; i++) {
                contour.add(new Point(2 * xs[i], 2 * ys[i], (flags[i] & 1) != 0));
            }
            contours.add(contour);
            first = end + 1;
        }
        return contours;
    }

    private int coordinates(int start, int[] flags, int[] out, int shortBit, int sameBit) {
        int cursor = start;
        int value = 0;
        for (int i = 0; i < flags.length; i++) {
            boolean same = (flags[i] & sameBit) != 0;
            if ((flags[i] & shortBit) != 0) {
                int step = font.get(cursor++) & 0xFF;
                value += same ? step : -step;
            } else if (!same) {
                value += font.getShort(cursor);
                cursor += 2;
            }
            out[i] = value;
        }
        return cursor;
    }

    private List<List<Point>> composite(int start, int depth) throws IOException {
        List<List<Point>> contours = new ArrayList<>();
        int cursor = start;
        int flags;
        do {
            flags = u16(cursor);
            int part = u16(cursor + 2);
            cursor += 4;
            if ((flags & 2) == 0) {
                throw new IOException("Glyph part " + part + " is placed by point numbers, which is not supported");
            }
            boolean words = (flags & 1) != 0;
            int dx = words ? font.getShort(cursor) : font.get(cursor);
            int dy = words ? font.getShort(cursor + 2) : font.get(cursor + 1);
            cursor += words ? 4 : 2;
            double[] matrix = {1, 0, 0, 1};
            if ((flags & 8) != 0) {
                matrix[0] = matrix[3] = fixed(cursor);
                cursor += 2;
            } else if ((flags & 0x40) != 0) {
                matrix[0] = fixed(cursor);
                matrix[3] = fixed(cursor + 2);
                cursor += 4;
            } else if ((flags & 0x80) != 0) {
                for (int i = 0; i < 4; i++) {
                    matrix[i] = fixed(cursor + 2 * i);
                }
                cursor += 8;
            }
            for (List<Point> contour : contours(part, depth + 1)) {
                contours.add(contour.stream().map(p -> p.placed(matrix, 2 * dx, 2 * dy)).toList());
            }
        } while ((flags & 0x20) != 0);
        return contours;
    }

    /** The glyph's number by the format 4 subtable of Windows' Unicode encoding; 0 when there is none. */
    private int glyphOf(int character) throws IOException {
        int cmap = table("cmap");
        for (int i = 0; i < u16(cmap + 2); i++) {
            int entry = cmap + 4 + 8 * i;
            int subtable = cmap + font.getInt(entry + 4);
            if (u16(entry) == 3 && u16(entry + 2) == 1 && u16(subtable) == 4) {
                return lookUp(subtable, character);
            }
        }
        throw new IOException("The font has no Unicode map of format 4");
    }

    private int lookUp(int subtable, int character) {
        int segments = u16(subtable + 6) / 2;
        int ends = subtable + 14;
        int starts = ends + 2 * segments + 2;
        int deltas = starts + 2 * segments;
        int ranges = deltas + 2 * segments;
        for (int i = 0; i < segments; i++) {
            if (character <= u16(ends + 2 * i)) {
                if (character < u16(starts + 2 * i)) {
                    return 0;
                }
                int range = u16(ranges + 2 * i);
                if (range == 0) {
                    return (character + u16(deltas + 2 * i)) & 0xFFFF;
                }
                int glyph = u16(ranges + 2 * i + range + 2 * (character - u16(starts + 2 * i)));
                return glyph == 0 ? 0 : (glyph + u16(deltas + 2 * i)) & 0xFFFF;
            }
        }
        return 0;
    }

    private int location(int glyph) {
        int loca = table("loca");
        return longOffsets ? font.getInt(loca + 4 * glyph) : 2 * u16(loca + 2 * glyph);
    }

    private int table(String tag) {
        Integer offset = tables.get(tag);
        if (offset == null) {
            throw new IllegalArgumentException("The font has no table " + tag);
        }
        return offset;
    }

    private int u16(int at) {
        return font.getShort(at) & 0xFFFF;
    }

    private double fixed(int at) {
        return font.getShort(at) / 16384.0;
    }

    private static String ascii() {
        StringBuilder all = new StringBuilder();
        for (char character = ' '; character <= '~'; character++) {
            all.append(character);
        }
        return all.toString();
    }

    private record Point(int x, int y, boolean onCurve) {
        Point midway(Point other) {
            return new Point((x + other.x) / 2, (y + other.y) / 2, true);
        }

        Point placed(double[] matrix, int dx, int dy) {
            return new Point(
                    (int) Math.round(matrix[0] * x + matrix[2] * y) + dx,
                    (int) Math.round(matrix[1] * x + matrix[3] * y) + dy,
                    onCurve);
        }
    }
}
