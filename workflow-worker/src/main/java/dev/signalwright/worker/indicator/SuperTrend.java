package dev.signalwright.worker.indicator;

import java.util.Optional;

/**
 * SuperTrend. TA-Lib has none and implementations differ on the bar where the trend flips. The rule here is that of
 * TradingView's {@code ta.supertrend}, on TA-Lib's average true range:
 *
 * <ol>
 *   <li>Basic bands: the bar's midpoint {@code (high + low) / 2} plus and minus {@code factor} times the range.
 *   <li>The upper band only falls and the lower band only rises, until the <em>previous</em> close was beyond the band;
 *       then it starts anew from the basic band.
 *   <li>The trend is down on the first bar. A down trend turns up on the bar that closes <em>above</em> its own upper
 *       band; an up trend turns down on the bar that closes <em>below</em> its own lower band. A close exactly on the
 *       band turns nothing.
 *   <li>The line is the lower band in an up trend and the upper band in a down trend, on the flipping bar already the
 *       new one.
 * </ol>
 *
 * @param line first value at index {@code period}
 * @param up whether the trend is up; meaningless where the line has no value
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier inside this room; never compared
record SuperTrend(double[] line, boolean[] up) {
    static SuperTrend of(double[] high, double[] low, double[] close, int period, double factor) {
        double[] range = AverageTrueRange.of(high, low, close, period);
        double[] line = MovingAverage.absent(close.length);
        boolean[] up = new boolean[close.length];
        double upper = Double.POSITIVE_INFINITY;
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = period; i < close.length; i++) {
            double middle = (high[i] + low[i]) / 2;
            double basicUpper = middle + factor * range[i];
            double basicLower = middle - factor * range[i];
            upper = basicUpper < upper || close[i - 1] > upper ? basicUpper : upper;
            lower = basicLower > lower || close[i - 1] < lower ? basicLower : lower;
            if (i > period) {
                up[i] = up[i - 1] ? close[i] >= lower : close[i] > upper;
            }
            line[i] = up[i] ? lower : upper;
        }
        return new SuperTrend(line, up);
    }

    Optional<Trend> trend(int bar) {
        if (Double.isNaN(line[bar])) {
            return Optional.empty();
        }
        return Optional.of(up[bar] ? Trend.UP : Trend.DOWN);
    }
}
