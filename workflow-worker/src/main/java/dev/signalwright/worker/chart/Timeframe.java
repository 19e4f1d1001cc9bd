package dev.signalwright.worker.chart;

import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.SessionCalendar;
import java.util.Locale;

/** What one candle stands for, and how many of them a picture shows. */
enum Timeframe {
    DAILY(252, "Daily", "day"),
    /** Weeks that are complete; their bars are built from the daily ones. */
    WEEKLY(156, "Weekly", "week");

    private final int visibleBars;
    private final String title;
    private final String unit;

    Timeframe(int visibleBars, String title, String unit) {
        this.visibleBars = visibleBars;
        this.title = title;
        this.unit = unit;
    }

    /** The artifact's name and its {@code chart_type}. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** What one bar covers, as a word. */
    String unit() {
        return unit;
    }

    int visibleBars() {
        return visibleBars;
    }

    BarSeries of(BarSeries daily, SessionCalendar calendar) {
        return switch (this) {
            case DAILY -> daily;
            case WEEKLY ->
                daily.bars().isEmpty()
                        ? daily
                        : daily.weekly(calendar.next(daily.last().date()));
        };
    }
}
