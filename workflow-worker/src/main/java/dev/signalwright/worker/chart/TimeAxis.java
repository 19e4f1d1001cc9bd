package dev.signalwright.worker.chart;

import dev.signalwright.worker.market.Bar;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where bars stand and what the axis says. One slot per bar, so there are no gaps for weekends and holidays; whole
 * pixels, so every candle is equally sharp; the newest bar at the right edge.
 */
final class TimeAxis {
    private static final int WIDEST_SLOT = 48;
    private static final int WIDEST_BODY = 25;
    private static final int GAP = 4;
    private static final int LABEL_DISTANCE = 100;
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private final int left;
    private final int right;
    private final int slot;
    private final int count;

    TimeAxis(int left, int right, int count) {
        this.left = left;
        this.right = right;
        this.count = count;
        slot = Math.min(WIDEST_SLOT, (right - GAP - left) / count);
    }

    /**
     * A label below a bar.
     *
     * @param strong the first label of a year
     */
    record Label(int bar, String text, boolean strong) {}

    int left() {
        return left;
    }

    int right() {
        return right;
    }

    int slot() {
        return slot;
    }

    /** Width of a candle's body: odd, so that the wick stands in its middle. */
    int body() {
        return Math.min(WIDEST_BODY, Math.max(1, (slot * 3 / 4) | 1));
    }

    /** The pixel column of the bar's middle. */
    int column(int bar) {
        return right - GAP - (count - bar) * slot + slot / 2;
    }

    /** The middle of that column, for lines. */
    double x(int bar) {
        return column(bar) + 0.5;
    }

    double[] xs(int from) {
        double[] xs = new double[count - from];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = x(from + i);
        }
        return xs;
    }

    /** Months, in steps that leave room; days when there are too few months to tell where one is. */
    List<Label> labels(List<Bar> bars) {
        for (int months : new int[] {1, 3, 6, 12}) {
            List<Label> labels = months(bars, months);
            if (labels.size() < 3) {
                break;
            }
            if (haveRoom(labels)) {
                return labels;
            }
        }
        return days(bars);
    }

    private boolean haveRoom(List<Label> labels) {
        int span = labels.getLast().bar() - labels.getFirst().bar();
        return span * slot / (labels.size() - 1) >= LABEL_DISTANCE;
    }

    private static List<Label> months(List<Bar> bars, int step) {
        List<Label> labels = new ArrayList<>();
        for (int i = 1; i < bars.size(); i++) {
            LocalDate date = bars.get(i).date();
            LocalDate before = bars.get(i - 1).date();
            long period = period(date, step);
            if (period != period(before, step)) {
                boolean newYear = date.getYear() != before.getYear();
                String year = newYear || labels.isEmpty() ? " " + date.getYear() : "";
                labels.add(new Label(i, MONTHS[date.getMonthValue() - 1] + year, newYear));
            }
        }
        return labels;
    }

    private static long period(LocalDate date, int step) {
        return ChronoUnit.MONTHS.between(LocalDate.EPOCH, date.withDayOfMonth(1)) / step;
    }

    private List<Label> days(List<Bar> bars) {
        int step = (LABEL_DISTANCE + slot - 1) / slot;
        List<Label> labels = new ArrayList<>();
        for (int i = (bars.size() - 1) % step; i < bars.size(); i += step) {
            LocalDate date = bars.get(i).date();
            boolean newYear = labels.isEmpty()
                    || date.getYear() != bars.get(i - step).date().getYear();
            String day = MONTHS[date.getMonthValue() - 1] + " " + date.getDayOfMonth();
            labels.add(new Label(i, newYear ? day + " " + date.getYear() : day, newYear && !labels.isEmpty()));
        }
        return labels;
    }
}
