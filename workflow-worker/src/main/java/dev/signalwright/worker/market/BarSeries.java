package dev.signalwright.worker.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Bars of one symbol, oldest first, dates strictly rising. Immutable.
 *
 * @param symbol the ticker
 * @param bars oldest first; may be empty
 */
public record BarSeries(String symbol, List<Bar> bars) {
    public BarSeries {
        bars = List.copyOf(bars);
        for (int i = 1; i < bars.size(); i++) {
            if (!bars.get(i).date().isAfter(bars.get(i - 1).date())) {
                throw new IllegalArgumentException("The bars of " + symbol + " are out of order at "
                        + bars.get(i).date() + ", which follows "
                        + bars.get(i - 1).date() + ".");
            }
        }
    }

    public int size() {
        return bars.size();
    }

    public Bar last() {
        return bars.getLast();
    }

    /** One value per bar, for example {@code values(Bar::close)}. */
    public double[] values(ToDoubleFunction<Bar> field) {
        return bars.stream().mapToDouble(field).toArray();
    }

    /**
     * Weekly bars: Monday to Friday, labelled by the week's last session, complete weeks only.
     *
     * @param nextSession the first session after the last daily bar: if it lies in the same week as that bar, the
     *     last week is not complete and is left out
     */
    public BarSeries weekly(LocalDate nextSession) {
        List<Bar> weeks = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bars.size(); i++) {
            LocalDate next = i + 1 < bars.size() ? bars.get(i + 1).date() : nextSession;
            if (!monday(next).equals(monday(bars.get(i).date()))) {
                weeks.add(merge(bars.subList(start, i + 1)));
                start = i + 1;
            }
        }
        return new BarSeries(symbol, weeks);
    }

    private static LocalDate monday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static Bar merge(List<Bar> week) {
        return new Bar(
                week.getLast().date(),
                week.getFirst().open(),
                week.stream().mapToDouble(Bar::high).max().orElseThrow(),
                week.stream().mapToDouble(Bar::low).min().orElseThrow(),
                week.getLast().close(),
                week.stream().mapToDouble(Bar::volume).sum());
    }
}
