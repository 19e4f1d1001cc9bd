package dev.signalwright.worker.chart;

import dev.signalwright.worker.indicator.Indicator;
import dev.signalwright.worker.indicator.IndicatorTable;
import dev.signalwright.worker.indicator.Trend;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What one picture shows: the last bars of a series with indicators that were computed over all of it. Immutable. */
final class ChartView {
    private final String symbol;
    private final Timeframe timeframe;
    private final Caption caption;
    private final List<Bar> bars;
    private final IndicatorTable table;
    private final int offset;
    private final OptionalDouble previousClose;

    /**
     * What stands beside the numbers.
     *
     * @param badge where the data came from, for example {@code REPLAYED 2012-09-20}; empty for live data
     * @param note how the prices were adjusted; empty when it is not known
     * @param noteWarns whether the note makes the picture less than proof
     */
    record Caption(Optional<String> badge, Optional<String> note, boolean noteWarns) {
        static final Caption NONE = new Caption(Optional.empty(), Optional.empty(), false);
    }

    /** @param series the whole history in the chart's own timeframe, at least one bar */
    ChartView(BarSeries series, Timeframe timeframe, Caption caption) {
        this.symbol = series.symbol();
        this.timeframe = timeframe;
        this.caption = caption;
        table = IndicatorTable.of(series);
        offset = Math.max(0, series.size() - timeframe.visibleBars());
        bars = series.bars().subList(offset, series.size());
        previousClose = series.size() < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(series.bars().get(series.size() - 2).close());
    }

    String symbol() {
        return symbol;
    }

    Timeframe timeframe() {
        return timeframe;
    }

    Caption caption() {
        return caption;
    }

    /** The visible bars, oldest first. */
    List<Bar> bars() {
        return bars;
    }

    int size() {
        return bars.size();
    }

    Bar last() {
        return bars.getLast();
    }

    /** Close of the bar before the last one. */
    OptionalDouble previousClose() {
        return previousClose;
    }

    /** Value at a visible bar; empty before the warm-up. */
    OptionalDouble at(Indicator indicator, int bar) {
        return table.at(indicator, offset + bar);
    }

    OptionalDouble last(Indicator indicator) {
        return table.last(indicator);
    }

    /** SuperTrend's direction at a visible bar. */
    Optional<Trend> trend(int bar) {
        return table.trend(offset + bar);
    }

    /** The first visible bar with a value, or {@link #size()} when there is none. */
    int first(Indicator indicator) {
        return IntStream.range(0, size())
                .filter(bar -> at(indicator, bar).isPresent())
                .findFirst()
                .orElse(size());
    }

    /** The values from {@link #first} on. */
    double[] values(Indicator indicator) {
        return IntStream.range(first(indicator), size())
                .mapToDouble(bar -> at(indicator, bar).orElseThrow())
                .toArray();
    }
}
