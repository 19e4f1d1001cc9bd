package dev.signalwright.worker.chart.raster;

/**
 * How text looks.
 *
 * @param size pixels per em
 */
public record TextStyle(Typeface typeface, double size, Ink ink) {
    public double width(String text) {
        return typeface.width(text, size);
    }

    public TextStyle in(Ink other) {
        return new TextStyle(typeface, size, other);
    }
}
