package dev.signalwright.worker.indicator;

import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All indicators of one series, computed over its whole history: SMA 20/50/200, Bollinger (20, 2), SuperTrend (10, 3),
 * MACD (12, 26, 9), RSI 14 and the 20-bar mean volume. Immutable and thread-safe.
 */
public final class IndicatorTable {
    private final Map<Indicator, double[]> columns = new EnumMap<>(Indicator.class);
    private final SuperTrend superTrend;
    private final int size;

    private IndicatorTable(BarSeries bars) {
        double[] high = bars.values(Bar::high);
        double[] low = bars.values(Bar::low);
        double[] close = bars.values(Bar::close);
        BollingerBands bands = BollingerBands.of(close, 20, 2);
        Macd macd = Macd.of(close, 12, 26, 9);
        size = bars.size();
        superTrend = SuperTrend.of(high, low, close, 10, 3);
        columns.put(Indicator.SMA_20, MovingAverage.simple(close, 20));
        columns.put(Indicator.SMA_50, MovingAverage.simple(close, 50));
        columns.put(Indicator.SMA_200, MovingAverage.simple(close, 200));
        columns.put(Indicator.BB_UPPER, bands.upper());
        columns.put(Indicator.BB_MIDDLE, bands.middle());
        columns.put(Indicator.BB_LOWER, bands.lower());
        columns.put(Indicator.SUPERTREND, superTrend.line());
        columns.put(Indicator.MACD, macd.line());
        columns.put(Indicator.MACD_SIGNAL, macd.signal());
        columns.put(Indicator.MACD_HIST, macd.histogram());
        columns.put(Indicator.RSI_14, RelativeStrength.of(close, 14));
        columns.put(Indicator.VOLUME_SMA_20, MovingAverage.simple(bars.values(Bar::volume), 20));
    }

    public static IndicatorTable of(BarSeries bars) {
        return new IndicatorTable(bars);
    }

    /** Number of bars. */
    public int size() {
        return size;
    }

    /** The value at that bar, counted from 0 at the oldest; empty before the warm-up. */
    public OptionalDouble at(Indicator indicator, int bar) {
        double value = column(indicator)[bar];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The value at the last bar; empty when there are too few bars, or none. */
    public OptionalDouble last(Indicator indicator) {
        return size == 0 ? OptionalDouble.empty() : at(indicator, size - 1);
    }

    /** SuperTrend's direction at that bar; empty before the warm-up. */
    public Optional<Trend> trend(int bar) {
        return superTrend.trend(bar);
    }

    /** SuperTrend's direction at the last bar; empty when there are too few bars. */
    public Optional<Trend> lastTrend() {
        return size == 0 ? Optional.empty() : trend(size - 1);
    }

    private double[] column(Indicator indicator) {
        double[] column = columns.get(indicator);
        if (column == null) {
            throw new IllegalStateException("No column was computed for " + indicator);
        }
        return column;
    }
}
