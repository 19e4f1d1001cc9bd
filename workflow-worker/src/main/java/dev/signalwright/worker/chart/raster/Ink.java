package dev.signalwright.worker.chart.raster;

/**
 * A colour.
 *
 * @param rgb 0xRRGGBB
 * @param alpha 0 (nothing) to 256 (opaque)
 */
public record Ink(int rgb, int alpha) {
    public static final int OPAQUE = 256;

    public static Ink of(int rgb) {
        return new Ink(rgb, OPAQUE);
    }

    /** The same colour, covering only that share of what is below it. */
    public Ink faded(double share) {
        return new Ink(rgb, (int) Math.round(share * OPAQUE));
    }
}
