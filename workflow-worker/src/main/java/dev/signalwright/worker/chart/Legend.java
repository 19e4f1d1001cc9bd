package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Ink;
import java.util.Optional;

/** One line of names with their current values. What has no value is not named. */
final class Legend {
    private static final int SWATCH = 18;
    private static final int BETWEEN = 26;

    private final Canvas canvas;
    private final double baseline;
    private final double size;
    private double x;

    Legend(Canvas canvas, double left, double baseline, double size) {
        this.canvas = canvas;
        this.baseline = baseline;
        this.size = size;
        x = left;
    }

    Legend entry(Ink ink, String name, Optional<String> value) {
        value.ifPresent(words -> {
            int middle = (int) Math.rint(baseline - size * 0.35);
            canvas.rectangle((int) x, middle - 2, (int) x + SWATCH, middle + 2, ink);
            double after = canvas.text(name, (int) x + SWATCH + 7, baseline, Palette.regular(size, Palette.TEXT));
            x = BETWEEN + canvas.text(words, after + 7, baseline, Palette.bold(size, ink));
        });
        return this;
    }
}
