package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.PriceTags.Tag;
import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Ink;
import dev.signalwright.worker.indicator.Indicator;
import dev.signalwright.worker.indicator.Trend;
import dev.signalwright.worker.market.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Candles with moving averages, Bollinger band and SuperTrend. */
final class PricePane {
    private static final int TICKS = 11;

    /** Indicators may widen the candles' own range by this share at each end, not more. */
    private static final double GIVE = 0.12;

    private static final Indicator[] OVERLAYS = {
        Indicator.SMA_20,
        Indicator.SMA_50,
        Indicator.SMA_200,
        Indicator.BB_UPPER,
        Indicator.BB_LOWER,
        Indicator.SUPERTREND
    };

    private final Sheet sheet;
    private final ChartView view;
    private final TimeAxis axis;
    private final Canvas canvas;
    private final Scale scale;

    PricePane(Sheet sheet, int top, int bottom) {
        this.sheet = sheet;
        view = sheet.view();
        axis = sheet.axis();
        canvas = sheet.canvas();
        scale = scale(view, top, bottom);
    }

    /** By the candles first: a far average or a wide band must not squeeze them. */
    private static Scale scale(ChartView view, int top, int bottom) {
        double low = view.bars().stream().mapToDouble(Bar::low).min().orElseThrow();
        double high = view.bars().stream().mapToDouble(Bar::high).max().orElseThrow();
        double give = (high - low) * GIVE;
        double widestLow = low - give;
        double widestHigh = high + give;
        for (Indicator overlay : OVERLAYS) {
            for (double value : view.values(overlay)) {
                low = Math.max(widestLow, Math.min(low, value));
                high = Math.min(widestHigh, Math.max(high, value));
            }
        }
        return Scale.padded(low, high, 0.03, top, bottom);
    }

    void draw(double legendBaseline) {
        sheet.ticks(scale, scale.ticks(TICKS));
        sheet.clipTo(scale);
        band();
        sheet.line(scale, Indicator.SMA_200, 2.6, Palette.SMA_200);
        sheet.line(scale, Indicator.SMA_50, 2.2, Palette.SMA_50);
        sheet.line(scale, Indicator.SMA_20, 2.2, Palette.SMA_20);
        superTrend();
        candles();
        canvas.dashes(Sheet.LEFT, Sheet.PLOT_RIGHT, scale.row(view.last().close()), 1, 6, 5, direction());
        canvas.unclip();
        sheet.frame(scale);
        sheet.tags(scale, tags());
        legend(legendBaseline);
    }

    private void band() {
        double[] upper = view.values(Indicator.BB_UPPER);
        double[] lower = view.values(Indicator.BB_LOWER);
        double[] xs = axis.xs(view.first(Indicator.BB_UPPER));
        int count = upper.length;
        if (count < 2) {
            return;
        }
        double[] outlineX = new double[2 * count];
        double[] outlineY = new double[2 * count];
        for (int i = 0; i < count; i++) {
            outlineX[i] = xs[i];
            outlineY[i] = scale.y(upper[i]);
            outlineX[2 * count - 1 - i] = xs[i];
            outlineY[2 * count - 1 - i] = scale.y(lower[i]);
        }
        canvas.polygon(outlineX, outlineY, Palette.BAND.faded(0.09));
        sheet.line(scale, Indicator.BB_UPPER, 1.4, Palette.BAND.faded(0.8));
        sheet.line(scale, Indicator.BB_LOWER, 1.4, Palette.BAND.faded(0.8));
    }

    private void superTrend() {
        int start = view.first(Indicator.SUPERTREND);
        for (int i = start + 1; i <= view.size(); i++) {
            if (i == view.size() || !view.trend(i).equals(view.trend(start))) {
                steps(start, i, trendInk(view.trend(start)));
                start = i;
            }
        }
    }

    private void steps(int from, int to, Ink ink) {
        double[] xs = new double[2 * (to - from)];
        double[] ys = new double[xs.length];
        for (int i = from; i < to; i++) {
            int at = 2 * (i - from);
            double left = axis.column(i) - axis.slot() / 2;
            xs[at] = left;
            xs[at + 1] = left + axis.slot();
            ys[at] = Math.rint(scale.y(view.at(Indicator.SUPERTREND, i).orElseThrow()));
            ys[at + 1] = ys[at];
        }
        canvas.line(xs, ys, 3, ink);
    }

    private void candles() {
        int half = axis.body() / 2;
        for (int i = 0; i < view.size(); i++) {
            Bar bar = view.bars().get(i);
            boolean up = bar.close() >= bar.open();
            Ink ink = up ? Palette.UP : Palette.DOWN;
            int column = axis.column(i);
            int top = scale.row(Math.max(bar.open(), bar.close()));
            int bottom = Math.max(top + 1, scale.row(Math.min(bar.open(), bar.close())));
            canvas.rectangle(column, scale.row(bar.high()), column + 1, top, ink);
            canvas.rectangle(column, bottom, column + 1, scale.row(bar.low()) + 1, ink);
            canvas.rectangle(column - half, top, column + half + 1, bottom, ink);
            if (up) {
                int edge = half > 3 ? 2 : 1;
                canvas.rectangle(
                        column - half + edge, top + edge, column + half + 1 - edge, bottom - edge, Palette.WHITE);
            }
        }
    }

    private List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        tags.addAll(tag(view.last(Indicator.SMA_20), Palette.SMA_20, 1));
        tags.addAll(tag(view.last(Indicator.SMA_50), Palette.SMA_50, 1));
        tags.addAll(tag(view.last(Indicator.SMA_200), Palette.SMA_200, 1));
        tags.addAll(tag(view.last(Indicator.BB_UPPER), Palette.BAND, 1));
        tags.addAll(tag(view.last(Indicator.BB_LOWER), Palette.BAND, 1));
        tags.addAll(tag(view.last(Indicator.SUPERTREND), trendInk(view.trend(view.size() - 1)), 1));
        tags.addAll(tag(OptionalDouble.of(view.last().close()), direction(), 4));
        return tags;
    }

    private List<Tag> tag(OptionalDouble value, Ink ink, double weight) {
        return sheet.tag(scale, value, Figures::tagPrice, ink, weight);
    }

    private void legend(double baseline) {
        Optional<Trend> trend = view.trend(view.size() - 1);
        sheet.legend(baseline)
                .entry(Palette.SMA_20, "SMA 20", price(Indicator.SMA_20))
                .entry(Palette.SMA_50, "SMA 50", price(Indicator.SMA_50))
                .entry(Palette.SMA_200, "SMA 200", price(Indicator.SMA_200))
                .entry(
                        Palette.BAND,
                        "BB(20,2)",
                        price(Indicator.BB_UPPER)
                                .flatMap(upper -> price(Indicator.BB_LOWER).map(lower -> upper + " / " + lower)))
                .entry(
                        trendInk(trend),
                        "SuperTrend(10,3)",
                        price(Indicator.SUPERTREND)
                                .flatMap(line -> trend.map(way -> line + (way == Trend.UP ? " up" : " down"))));
    }

    private Optional<String> price(Indicator indicator) {
        OptionalDouble value = view.last(indicator);
        return value.isPresent() ? Optional.of(Figures.price(value.getAsDouble())) : Optional.empty();
    }

    private Ink direction() {
        double before = view.previousClose().orElse(view.last().open());
        return view.last().close() >= before ? Palette.UP : Palette.DOWN;
    }

    private static Ink trendInk(Optional<Trend> trend) {
        return trend.equals(Optional.of(Trend.DOWN)) ? Palette.TREND_DOWN : Palette.TREND_UP;
    }
}
