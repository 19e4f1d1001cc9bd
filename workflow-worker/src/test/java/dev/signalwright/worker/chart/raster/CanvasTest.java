package dev.signalwright.worker.chart.raster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CanvasTest {
    private static final Ink BLACK = Ink.of(0);

    /** Black share of the whole sheet in pixels, 1 for a fully black one. */
    private static double ink(Canvas canvas) {
        double sum = 0;
        for (byte value : canvas.pixels().rgb()) {
            sum += (255 - (value & 0xFF)) / 255.0 / 3;
        }
        return sum;
    }

    private static int grey(Canvas canvas, int x, int y) {
        Pixels pixels = canvas.pixels();
        return pixels.rgb()[(y * pixels.width() + x) * 3] & 0xFF;
    }

    @Test
    void aPixelIsAsDarkAsItIsCovered() {
        Canvas canvas = new Canvas(8, 8);
        canvas.polygon(new double[] {1.5, 4, 4, 1.5}, new double[] {1, 1, 3, 3}, BLACK);
        assertEquals(128, grey(canvas, 1, 1), 1);
        assertEquals(0, grey(canvas, 2, 2));
        assertEquals(255, grey(canvas, 4, 2));
        assertEquals(255, grey(canvas, 2, 3));
    }

    @Test
    void aTrianglesInkIsItsArea() {
        Canvas canvas = new Canvas(100, 100);
        canvas.polygon(new double[] {10.3, 90.7, 41.1}, new double[] {5.2, 33.3, 88.8}, BLACK);
        double area = Math.abs((90.7 - 10.3) * (88.8 - 5.2) - (41.1 - 10.3) * (33.3 - 5.2)) / 2;
        assertEquals(area, ink(canvas), area * 0.005);
    }

    @Test
    void aLinesInkIsLengthTimesThicknessInEveryDirection() {
        for (double[] end : new double[][] {{80, 20}, {80, 80}, {20, 80}, {33, 71}, {71, 24}}) {
            Canvas canvas = new Canvas(100, 100);
            canvas.line(new double[] {20, end[0]}, new double[] {20, end[1]}, 2, BLACK);
            double length = Math.sqrt((end[0] - 20) * (end[0] - 20) + (end[1] - 20) * (end[1] - 20));
            assertEquals(2 * length, ink(canvas), length * 0.02);
        }
    }

    @Test
    void whatCrossesTheClipIsCutExactlyThere() {
        Canvas canvas = new Canvas(64, 64);
        canvas.clip(16, 16, 48, 48);
        canvas.polygon(new double[] {-500, 900, 900, -500}, new double[] {-700, -700, 900, 900}, BLACK);
        assertEquals(32 * 32, ink(canvas), 1e-6);
    }

    @Test
    void aSlantedEdgeIsTheSameInsideAndWithoutAClip() {
        Canvas clipped = new Canvas(64, 64);
        clipped.clip(20, 10, 44, 50);
        clipped.polygon(new double[] {3, 61, 30}, new double[] {2, 20, 63}, BLACK);
        Canvas free = new Canvas(64, 64);
        free.polygon(new double[] {3, 61, 30}, new double[] {2, 20, 63}, BLACK);
        for (int y = 10; y < 50; y++) {
            for (int x = 20; x < 44; x++) {
                assertEquals(grey(free, x, y), grey(clipped, x, y), 2, "at " + x + "," + y);
            }
        }
        assertEquals(255, grey(clipped, 19, 20));
    }

    @Test
    void oneShapeLeavesNothingBehindForTheNext() {
        Canvas canvas = new Canvas(64, 64);
        canvas.clip(0, 0, 10, 64);
        canvas.polygon(new double[] {5, 60, 60}, new double[] {5, 7, 60}, Ink.of(0xFFFFFF));
        canvas.unclip();
        canvas.polygon(new double[] {1, 2, 2, 1}, new double[] {1, 1, 2, 2}, BLACK);
        assertEquals(1, ink(canvas), 1e-6);
    }

    @Test
    void digitsAllHaveOneWidthAndUnknownCharactersAreRefused() {
        TextStyle style = new TextStyle(Typeface.load().semiBold(), 18, BLACK);
        for (char digit = '0'; digit <= '9'; digit++) {
            assertEquals(style.width("0"), style.width(String.valueOf(digit)));
        }
        assertEquals(style.width("+"), style.width("\u2212"));
        assertThrows(IllegalArgumentException.class, () -> style.width("\u20AC"));
    }

    @Test
    void lettersHaveHoles() {
        Canvas canvas = new Canvas(100, 100);
        canvas.text("O", 10, 80, new TextStyle(Typeface.load().regular(), 100, BLACK));
        assertEquals(255, grey(canvas, 45, 45));
        assertTrue(ink(canvas) > 500);
    }

    @Test
    void anotherPngReaderSeesTheSamePixels() throws IOException {
        Canvas canvas = new Canvas(300, 200);
        canvas.roundRectangle(10, 10, 250, 150, 20, Ink.of(0x2563EB));
        canvas.text("AAPL 702.10", 20, 90, new TextStyle(Typeface.load().semiBold(), 30, Ink.of(0xFFFFFF)));
        Pixels pixels = canvas.pixels();
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(pixels)));
        int[] expected = new int[300 * 200];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = 0xFF000000
                    | (pixels.rgb()[3 * i] & 0xFF) << 16
                    | (pixels.rgb()[3 * i + 1] & 0xFF) << 8
                    | pixels.rgb()[3 * i + 2] & 0xFF;
        }
        assertArrayEquals(expected, read.getRGB(0, 0, 300, 200, null, 0, 300));
    }
}
