package dev.signalwright.worker.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndicatorTableTest {
    private static IndicatorTable ofBars(int count) {
        List<Bar> bars = IntStream.range(0, count)
                .mapToObj(i -> new Bar(LocalDate.EPOCH.plusDays(i), 10 + i % 3, 14, 9, 11 + i % 2, 1000))
                .toList();
        return IndicatorTable.of(new BarSeries("TEST", bars));
    }

    @Test
    void everyIndicatorHasItsFirstValueOnTheBarItsPeriodAllows() {
        IndicatorTable table = ofBars(220);
        Map.of(
                        Indicator.SMA_20, 19,
                        Indicator.SMA_200, 199,
                        Indicator.BB_LOWER, 19,
                        Indicator.SUPERTREND, 10,
                        Indicator.MACD, 33,
                        Indicator.MACD_HIST, 33,
                        Indicator.RSI_14, 14,
                        Indicator.VOLUME_SMA_20, 19)
                .forEach((indicator, first) -> {
                    assertTrue(table.at(indicator, first - 1).isEmpty(), indicator + " too early");
                    assertTrue(table.at(indicator, first).isPresent(), indicator + " too late");
                });
    }

    @Test
    void tooFewBarsGiveNoValueInsteadOfAWrongOne() {
        IndicatorTable table = ofBars(19);
        assertEquals(OptionalDouble.empty(), table.last(Indicator.SMA_20));
        assertTrue(table.last(Indicator.RSI_14).isPresent());
        assertFalse(ofBars(10).lastTrend().isPresent());
    }

    @Test
    void anEmptySeriesHasNoLastValues() {
        assertEquals(OptionalDouble.empty(), ofBars(0).last(Indicator.SMA_20));
        assertTrue(ofBars(0).lastTrend().isEmpty());
    }

    @Test
    void pricesThatNeverMovedGiveNarrowBandsAndTaLibsRsi() {
        List<Bar> flat = IntStream.range(0, 40)
                .mapToObj(i -> new Bar(LocalDate.EPOCH.plusDays(i), 20, 20, 20, 20, 0))
                .toList();
        IndicatorTable table = IndicatorTable.of(new BarSeries("FLAT", flat));
        assertEquals(20, table.last(Indicator.BB_UPPER).orElseThrow());
        assertEquals(0, table.last(Indicator.RSI_14).orElseThrow());
        assertEquals(0, table.last(Indicator.MACD).orElseThrow());
    }
}
