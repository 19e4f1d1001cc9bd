package dev.signalwright.worker.indicator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Worked by hand, period 2 and factor 1: {@code range} is the mean of two true ranges, then (range + new) / 2. */
class SuperTrendTest {
    /** Bars of height 2 around the closes 10, 10, 10, so the range at index 2 is 2. */
    private static SuperTrend of(double... close) {
        double[] high = new double[close.length];
        double[] low = new double[close.length];
        for (int i = 0; i < close.length; i++) {
            high[i] = close[i] + 1;
            low[i] = close[i] - 1;
        }
        return SuperTrend.of(high, low, close, 2, 1);
    }

    @Test
    void startsDownOnTheFirstBarThatHasARange() {
        SuperTrend trend = of(10, 10, 10);
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, 12}, trend.line());
        assertEquals(Optional.empty(), trend.trend(1));
        assertEquals(Optional.of(Trend.DOWN), trend.trend(2));
    }

    @Test
    void aCloseOnTheBandDoesNotTurnIt() {
        // Bar 3: true range 3 (13 - 10), range 2.5; basic upper 14.5, the band stays 12; close 12 is on it.
        SuperTrend trend = of(10, 10, 10, 12);
        assertEquals(Optional.of(Trend.DOWN), trend.trend(3));
        assertEquals(12, trend.line()[3]);
    }

    @Test
    void turnsUpOnTheBarThatClosesAboveItsBandAndTakesTheLowerBandAtOnce() {
        // Bar 3: close 13 > 12. True range 4, range 3: lower band 13 - 3 = 10, above the old 8.
        SuperTrend trend = of(10, 10, 10, 13);
        assertEquals(Optional.of(Trend.UP), trend.trend(3));
        assertEquals(10, trend.line()[3]);
    }

    @Test
    void theLowerBandOnlyRisesUntilACloseBelowItTurnsTheTrend() {
        // Bar 4: true range 3, range 3: basic lower 8, the band stays 10; close 11 is above it.
        // Bar 5: close 9 < 10. True range 3, range 3: the upper band starts anew at 12 (bar 3 closed above the old
        // one).
        SuperTrend trend = of(10, 10, 10, 13, 11, 9);
        assertEquals(10, trend.line()[4]);
        assertEquals(Optional.of(Trend.DOWN), trend.trend(5));
        assertEquals(12, trend.line()[5]);
    }
}
