package dev.signalwright.worker.chart.raster;

import java.util.Arrays;

/** A white sheet to draw on. Shapes are drawn in the order of the calls, each over what is there. */
public final class Canvas {
    private final int width;
    private final int height;
    private final int[] pixels;
    private final Coverage coverage;
    private final Pen pen;
    private Ink ink = Ink.of(0);
    private int clipLeft;
    private int clipTop;
    private int clipRight;
    private int clipBottom;

    public Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        Arrays.fill(pixels, 0xFFFFFF);
        coverage = new Coverage(width, height);
        pen = new Pen(coverage);
        clip(0, 0, width, height);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** From now on nothing outside this rectangle is painted. */
    public void clip(int left, int top, int right, int bottom) {
        clipLeft = left;
        clipTop = top;
        clipRight = right;
        clipBottom = bottom;
        coverage.clip(left, top, right, bottom);
    }

    public void unclip() {
        clip(0, 0, width, height);
    }

    /** A rectangle of whole pixels. */
    public void rectangle(int left, int top, int right, int bottom, Ink with) {
        ink = with;
        int from = Math.max(left, clipLeft);
        int to = Math.min(right, clipRight);
        for (int row = Math.max(top, clipTop); row < Math.min(bottom, clipBottom) && from < to; row++) {
            span(row, from, to, Ink.OPAQUE);
        }
    }

    /** A filled polygon; it closes by itself. */
    public void polygon(double[] xs, double[] ys, Ink with) {
        int last = xs.length - 1;
        for (int i = 0; i < xs.length; i++) {
            coverage.edge(xs[last], ys[last], xs[i], ys[i]);
            last = i;
        }
        paint(with);
    }

    /** A line through the points, with mitred corners and flat ends. */
    public void line(double[] xs, double[] ys, double thickness, Ink with) {
        pen.line(xs, ys, thickness / 2);
        paint(with);
    }

    /** A rectangle with round corners. */
    public void roundRectangle(double left, double top, double right, double bottom, double radius, Ink with) {
        pen.roundRectangle(left, top, right, bottom, radius);
        paint(with);
    }

    /** A row of dashes of whole pixels, {@code thickness} high, from {@code left} to {@code right}. */
    public void dashes(int left, int right, int top, int thickness, int dash, int gap, Ink with) {
        for (int x = left; x < right; x += dash + gap) {
            rectangle(x, top, Math.min(x + dash, right), top + thickness, with);
        }
    }

    /**
     * Text from {@code x} on, standing on {@code baseline}.
     *
     * @return the x where it ends
     */
    public double text(String text, double x, double baseline, TextStyle style) {
        double end = style.typeface().trace(text, x, baseline, style.size(), pen);
        paint(style.ink());
        return end;
    }

    public double textCentred(String text, double centre, double baseline, TextStyle style) {
        return text(text, centre - style.width(text) / 2, baseline, style);
    }

    public double textUpTo(String text, double right, double baseline, TextStyle style) {
        return text(text, right - style.width(text), baseline, style);
    }

    /** The finished picture. */
    public Pixels pixels() {
        byte[] rgb = new byte[pixels.length * 3];
        int at = 0;
        for (int pixel : pixels) {
            rgb[at++] = (byte) (pixel >> 16);
            rgb[at++] = (byte) (pixel >> 8);
            rgb[at++] = (byte) pixel;
        }
        return new Pixels(width, height, rgb);
    }

    private void paint(Ink with) {
        ink = with;
        coverage.paint(this::span);
    }

    private void span(int row, int from, int to, int share) {
        int alpha = (share * ink.alpha()) >> 8;
        int start = row * width;
        if (alpha == Ink.OPAQUE) {
            Arrays.fill(pixels, start + from, start + to, ink.rgb());
            return;
        }
        for (int at = start + from; at < start + to; at++) {
            pixels[at] = blend(pixels[at], ink.rgb(), alpha);
        }
    }

    private static int blend(int below, int above, int alpha) {
        int rest = Ink.OPAQUE - alpha;
        int redBlue = (((below & 0xFF00FF) * rest + (above & 0xFF00FF) * alpha + 0x800080) >>> 8) & 0xFF00FF;
        int green = (((below & 0x00FF00) * rest + (above & 0x00FF00) * alpha + 0x008000) >>> 8) & 0x00FF00;
        return redBlue | green;
    }
}
