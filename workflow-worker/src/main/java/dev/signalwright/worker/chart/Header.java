package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Canvas;
import dev.signalwright.worker.chart.raster.Ink;
import dev.signalwright.worker.chart.raster.TextStyle;
import dev.signalwright.worker.market.Bar;

/** The first line: symbol, timeframe, date and numbers of the last bar, and where the data came from. */
final class Header {
    private static final double BASELINE = 44;
    private static final double SIZE = 23;
    private static final double NOTE_SIZE = 18;
    private static final int RIGHT = 1914;
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

    private final Sheet sheet;
    private final ChartView view;
    private final Canvas canvas;
    private double x = Sheet.LEFT + 4;

    Header(Sheet sheet) {
        this.sheet = sheet;
        view = sheet.view();
        canvas = sheet.canvas();
    }

    void draw(double noteBaseline) {
        Bar bar = view.last();
        x = canvas.text(view.symbol(), x, BASELINE, Palette.bold(46, Palette.TEXT)) + 18;
        x = canvas.text(title(), x, BASELINE, Palette.regular(26, Palette.MUTED)) + 30;
        figure("O", Figures.price(bar.open()), Palette.TEXT);
        figure("H", Figures.price(bar.high()), Palette.TEXT);
        figure("L", Figures.price(bar.low()), Palette.TEXT);
        figure("C", Figures.price(bar.close()), Palette.TEXT);
        change(bar.close());
        figure("Vol", Figures.shares(bar.volume()), Palette.TEXT);
        badge();
        view.caption().note().ifPresent(note -> {
            Ink ink = view.caption().noteWarns() ? Palette.WARNING : Palette.MUTED;
            canvas.textUpTo(note, RIGHT, noteBaseline, Palette.regular(NOTE_SIZE, ink));
        });
    }

    private String title() {
        String date = DAYS[view.last().date().getDayOfWeek().getValue() - 1] + " "
                + view.last().date();
        return view.timeframe().title() + " \u00B7 "
                + switch (view.timeframe()) {
                    case DAILY -> date;
                    case WEEKLY -> "week to " + date;
                };
    }

    private void figure(String name, String value, Ink ink) {
        x = canvas.text(name, x, BASELINE, Palette.regular(SIZE, Palette.MUTED)) + 7;
        x = canvas.text(value, x, BASELINE, Palette.bold(SIZE, ink)) + 20;
    }

    private void change(double close) {
        view.previousClose().ifPresent(before -> {
            double change = close - before;
            boolean up = change >= 0;
            Ink ink = up ? Palette.UP : Palette.DOWN;
            sheet.arrow(x + 6, BASELINE - 8, 6, up ? -1 : 1, ink);
            x += 20;
            String words = Figures.signed(change, Math.abs(close) < 1 ? 4 : 2) + " ("
                    + Figures.signed(100 * change / before, 2) + "%)";
            x = canvas.text(words, x, BASELINE, Palette.bold(SIZE, ink)) + 20;
        });
    }

    private void badge() {
        view.caption().badge().ifPresent(words -> {
            TextStyle style = Palette.bold(SIZE, Palette.BADGE);
            double left = RIGHT - style.width(words) - 28;
            canvas.roundRectangle(left, 14, RIGHT, 52, 6, Palette.BADGE);
            canvas.roundRectangle(left + 1.5, 15.5, RIGHT - 1.5, 50.5, 4.5, Palette.BADGE_FILL);
            canvas.text(words, left + 14, Palette.baseline(33, SIZE), style);
        });
    }
}
