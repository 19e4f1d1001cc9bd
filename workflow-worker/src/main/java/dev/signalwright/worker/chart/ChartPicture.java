package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Pixels;
import dev.signalwright.worker.chart.raster.TextStyle;
import java.util.List;

/** Lays out a whole chart: header, four panes over one time axis. */
final class ChartPicture {
    /** Name and version of what draws: a new version means other pixels for the same bars. */
    static final String RENDERER = "signalwright-raster@1";

    private static final int PRICE_TOP = 98;
    private static final int PRICE_BOTTOM = 812;
    private static final int VOLUME_TOP = 848;
    private static final int VOLUME_BOTTOM = 962;
    private static final int MACD_TOP = 998;
    private static final int MACD_BOTTOM = 1152;
    private static final int RSI_TOP = 1188;
    private static final int RSI_BOTTOM = 1346;
    private static final int LEGEND_ABOVE = 11;
    private static final double LABEL_SIZE = 19;
    private static final double LABEL_BASELINE = 1378;

    private ChartPicture() {}

    static Pixels draw(ChartView view) {
        Canvas canvas = new Canvas(Sheet.WIDTH, Sheet.HEIGHT);
        TimeAxis axis = new TimeAxis(Sheet.LEFT, Sheet.PLOT_RIGHT, view.size());
        Sheet sheet = new Sheet(canvas, view, axis);
        new Header(sheet).draw(PRICE_TOP - LEGEND_ABOVE);
        timeAxis(canvas, axis, axis.labels(view.bars()));
        new PricePane(sheet, PRICE_TOP, PRICE_BOTTOM).draw(PRICE_TOP - LEGEND_ABOVE);
        new VolumePane(sheet, VOLUME_TOP, VOLUME_BOTTOM).draw(VOLUME_TOP - LEGEND_ABOVE);
        new MacdPane(sheet, MACD_TOP, MACD_BOTTOM).draw(MACD_TOP - LEGEND_ABOVE);
        new RsiPane(sheet, RSI_TOP, RSI_BOTTOM).draw(RSI_TOP - LEGEND_ABOVE);
        return canvas.pixels();
    }

    private static void timeAxis(Canvas canvas, TimeAxis axis, List<TimeAxis.Label> labels) {
        int[][] panes = {
            {PRICE_TOP, PRICE_BOTTOM}, {VOLUME_TOP, VOLUME_BOTTOM}, {MACD_TOP, MACD_BOTTOM}, {RSI_TOP, RSI_BOTTOM + 6}
        };
        double free = 0;
        for (TimeAxis.Label label : labels) {
            int column = axis.column(label.bar());
            for (int[] pane : panes) {
                canvas.rectangle(column, pane[0], column + 1, pane[1], Palette.GRID);
            }
            TextStyle style = label.strong()
                    ? Palette.bold(LABEL_SIZE, Palette.TEXT)
                    : Palette.regular(LABEL_SIZE, Palette.MUTED);
            double width = style.width(label.text());
            double left = Math.clamp(column - width / 2, Sheet.LEFT + 4, Sheet.PLOT_RIGHT - width);
            if (left >= free) {
                canvas.text(label.text(), left, LABEL_BASELINE, style);
                free = left + width + 12;
            }
        }
    }
}
