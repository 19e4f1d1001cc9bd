package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.indicator.Indicator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Relative strength index with its usual bounds. */
final class RsiPane {
    private static final int LOWER = 30;
    private static final int UPPER = 70;
    private static final int WARM_UP = 15;
    private static final List<BigDecimal> TICKS =
            List.of(BigDecimal.valueOf(LOWER), BigDecimal.valueOf(50), BigDecimal.valueOf(UPPER));

    private final Sheet sheet;
    private final ChartView view;
    private final Scale scale;

    RsiPane(Sheet sheet, int top, int bottom) {
        this.sheet = sheet;
        view = sheet.view();
        double low = 15;
        double high = 85;
        for (double value : view.values(Indicator.RSI_14)) {
            low = Math.min(low, value - 3);
            high = Math.max(high, value + 3);
        }
        scale = new Scale(low, high, top, bottom);
    }

    void draw(double legendBaseline) {
        OptionalDouble last = view.last(Indicator.RSI_14);
        if (last.isEmpty()) {
            sheet.frame(scale);
            sheet.empty(scale, "RSI(14) needs " + WARM_UP + " bars");
            return;
        }
        sheet.ticks(scale, TICKS);
        Canvas canvas = sheet.canvas();
        canvas.rectangle(Sheet.LEFT, scale.row(UPPER), Sheet.PLOT_RIGHT, scale.row(LOWER), Palette.RSI.faded(0.06));
        canvas.dashes(Sheet.LEFT, Sheet.PLOT_RIGHT, scale.row(UPPER), 1, 8, 6, Palette.RSI.faded(0.7));
        canvas.dashes(Sheet.LEFT, Sheet.PLOT_RIGHT, scale.row(LOWER), 1, 8, 6, Palette.RSI.faded(0.7));
        sheet.clipTo(scale);
        sheet.line(scale, Indicator.RSI_14, 2.2, Palette.RSI);
        canvas.unclip();
        sheet.frame(scale);
        sheet.tags(scale, sheet.tag(scale, last, RsiPane::words, Palette.RSI, 1));
        sheet.legend(legendBaseline).entry(Palette.RSI, "RSI(14)", Optional.of(words(last.getAsDouble())));
    }

    private static String words(double value) {
        return Figures.fixed(value, 1);
    }
}
