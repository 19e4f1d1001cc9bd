package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.PriceTags.Tag;
import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Ink;
import dev.signalwright.worker.indicator.Indicator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** MACD line, signal line and histogram. */
final class MacdPane {
    private static final int TICKS = 4;
    private static final int WARM_UP = 34;

    private final Sheet sheet;
    private final ChartView view;
    private final Scale scale;

    MacdPane(Sheet sheet, int top, int bottom) {
        this.sheet = sheet;
        view = sheet.view();
        double low = 0;
        double high = 0;
        for (Indicator part : new Indicator[] {Indicator.MACD, Indicator.MACD_SIGNAL, Indicator.MACD_HIST}) {
            for (double value : view.values(part)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        scale = Scale.padded(low, high, 0.08, top, bottom);
    }

    void draw(double legendBaseline) {
        sheet.frame(scale);
        if (view.last(Indicator.MACD).isEmpty()) {
            sheet.empty(scale, "MACD(12,26,9) needs " + WARM_UP + " bars");
            return;
        }
        sheet.ticks(scale, scale.ticks(TICKS));
        sheet.clipTo(scale);
        histogram(sheet.canvas(), sheet.axis());
        sheet.line(scale, Indicator.MACD_SIGNAL, 2.2, Palette.SIGNAL);
        sheet.line(scale, Indicator.MACD, 2.2, Palette.MACD);
        sheet.canvas().unclip();
        sheet.frame(scale);
        List<Tag> tags = new ArrayList<>();
        tags.addAll(sheet.tag(scale, view.last(Indicator.MACD), this::words, Palette.MACD, 1));
        tags.addAll(sheet.tag(scale, view.last(Indicator.MACD_SIGNAL), this::words, Palette.SIGNAL, 1));
        sheet.tags(scale, tags);
        OptionalDouble histogram = view.last(Indicator.MACD_HIST);
        sheet.legend(legendBaseline)
                .entry(Palette.MACD, "MACD(12,26,9)", text(view.last(Indicator.MACD)))
                .entry(Palette.SIGNAL, "Signal", text(view.last(Indicator.MACD_SIGNAL)))
                .entry(side(histogram.orElse(0)), "Histogram", text(histogram));
    }

    private void histogram(Canvas canvas, TimeAxis axis) {
        int half = axis.body() / 2;
        int zero = scale.row(0);
        canvas.rectangle(Sheet.LEFT, zero, Sheet.PLOT_RIGHT, zero + 1, Palette.FRAME);
        for (int i = view.first(Indicator.MACD_HIST); i < view.size(); i++) {
            double value = view.at(Indicator.MACD_HIST, i).orElseThrow();
            int row = scale.row(value);
            int column = axis.column(i);
            canvas.rectangle(
                    column - half,
                    Math.min(row, zero),
                    column + half + 1,
                    Math.max(row, zero) + 1,
                    side(value).faded(0.55));
        }
    }

    private static Ink side(double value) {
        return value >= 0 ? Palette.UP : Palette.DOWN;
    }

    private Optional<String> text(OptionalDouble value) {
        return value.isPresent() ? Optional.of(words(value.getAsDouble())) : Optional.empty();
    }

    /** Two decimals, four where two would hide the difference between the lines. */
    private String words(double value) {
        return Figures.fixed(value, scale.high() - scale.low() < 0.2 ? 4 : 2);
    }
}
