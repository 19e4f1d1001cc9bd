package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.PriceTags.Placed;
import dev.signalwright.worker.chart.PriceTags.Tag;
import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Ink;
import dev.signalwright.worker.indicator.Indicator;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What all panes of one picture share: the canvas, the time axis and the two columns at the right. Price tags stand
 * next to the plot, the scale's own labels outside of them, so that neither ever covers the other.
 */
record Sheet(Canvas canvas, ChartView view, TimeAxis axis) {
    static final int WIDTH = 1920;
    static final int HEIGHT = 1400;
    static final int LEFT = 4;
    static final int PLOT_RIGHT = 1772;
    private static final int TAG_LEFT = 1784;
    private static final int TAG_RIGHT = 1864;
    private static final int TICK_RIGHT = 1916;
    private static final double TAG_SIZE = 18;
    private static final double TICK_SIZE = 17;
    private static final double LEGEND_SIZE = 19;

    /** Hairlines and labels of a scale, all labels with the same number of decimals; six digits would not fit. */
    void ticks(Scale scale, List<BigDecimal> ticks) {
        if (scale.high() >= 100_000) {
            ticks(scale, ticks, Figures::rounded);
            return;
        }
        int decimals = ticks.stream().mapToInt(Figures::decimals).max().orElse(0);
        ticks(scale, ticks, tick -> Figures.fixed(tick, decimals));
    }

    /** Hairlines and labels of a scale. */
    void ticks(Scale scale, List<BigDecimal> ticks, Function<BigDecimal, String> words) {
        for (BigDecimal tick : ticks) {
            int row = scale.row(tick.doubleValue());
            if (row > scale.top() + 2 && row < scale.bottom() - 2) {
                canvas.rectangle(LEFT, row, TAG_RIGHT, row + 1, Palette.GRID);
                double baseline = Palette.baseline(Math.clamp(row, scale.top() + 8, scale.bottom() - 8), TICK_SIZE);
                canvas.textUpTo(words.apply(tick), TICK_RIGHT, baseline, Palette.regular(TICK_SIZE, Palette.MUTED));
            }
        }
    }

    /** The pane's right and lower border. */
    void frame(Scale scale) {
        canvas.rectangle(PLOT_RIGHT, scale.top(), PLOT_RIGHT + 1, scale.bottom(), Palette.FRAME);
        canvas.rectangle(LEFT, scale.bottom(), PLOT_RIGHT + 1, scale.bottom() + 1, Palette.FRAME);
    }

    /** From now on nothing outside the pane is painted. */
    void clipTo(Scale scale) {
        canvas.clip(LEFT, scale.top(), PLOT_RIGHT, scale.bottom());
    }

    /** An indicator's line; nothing when it has fewer than two values. */
    void line(Scale scale, Indicator indicator, double thickness, Ink ink) {
        double[] values = view.values(indicator);
        if (values.length < 2) {
            return;
        }
        double[] ys = new double[values.length];
        for (int i = 0; i < ys.length; i++) {
            ys[i] = scale.y(values[i]);
        }
        canvas.line(axis.xs(view.first(indicator)), ys, thickness, ink);
    }

    /** The tag of a value, pinned to the pane's border when the value lies beyond it; none without a value. */
    List<Tag> tag(Scale scale, OptionalDouble value, Function<Double, String> words, Ink ink, double weight) {
        if (value.isEmpty()) {
            return List.of();
        }
        double at = value.getAsDouble();
        int beyond = at > scale.high() ? -1 : at < scale.low() ? 1 : 0;
        double y = Math.clamp(scale.y(at), scale.top(), scale.bottom());
        return List.of(new Tag(y, words.apply(at), ink, weight, beyond));
    }

    /** Draws tags, spread so that none covers another, each with a lead to its own height. */
    void tags(Scale scale, List<Tag> tags) {
        for (Placed placed : PriceTags.spread(tags, scale.top() - 2, scale.bottom() + 2)) {
            Tag tag = placed.tag();
            double y = placed.centre();
            double half = PriceTags.HEIGHT / 2.0 - 1;
            canvas.line(
                    new double[] {PLOT_RIGHT + 1, PLOT_RIGHT + 4, TAG_LEFT - 2, TAG_LEFT + 2},
                    new double[] {tag.y(), tag.y(), y, y},
                    2,
                    tag.ink());
            canvas.roundRectangle(TAG_LEFT, y - half, TAG_RIGHT, y + half, 3, tag.ink());
            double textRight = TAG_RIGHT - 5;
            canvas.textUpTo(
                    tag.text(), textRight, Palette.baseline(y, TAG_SIZE), Palette.bold(TAG_SIZE, Palette.WHITE));
            if (tag.beyond() != 0) {
                arrow(TAG_LEFT + 8, y, 4, tag.beyond(), Palette.WHITE);
            }
        }
    }

    /** A small triangle that points up (-1) or down (1). */
    void arrow(double x, double y, double half, int direction, Ink ink) {
        canvas.polygon(
                new double[] {x - half, x + half, x},
                new double[] {y - direction * half, y - direction * half, y + direction * half},
                ink);
    }

    /** Begins a legend line that stands on {@code baseline}. */
    Legend legend(double baseline) {
        return new Legend(canvas, LEFT + 4, baseline, LEGEND_SIZE);
    }

    /** Says in the middle of an empty pane what is missing. */
    void empty(Scale scale, String sentence) {
        double baseline = Palette.baseline((scale.top() + scale.bottom()) / 2.0, LEGEND_SIZE);
        canvas.textCentred(sentence, (LEFT + PLOT_RIGHT) / 2.0, baseline, Palette.regular(LEGEND_SIZE, Palette.MUTED));
    }
}
