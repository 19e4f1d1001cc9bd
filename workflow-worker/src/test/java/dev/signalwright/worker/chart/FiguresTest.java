package dev.signalwright.worker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void pricesHaveTwoDecimalsAndFourBelowOne() {
        assertEquals("702.10", Figures.price(702.1));
        assertEquals("0.1032", Figures.price(0.1032));
        assertEquals("0.00", Figures.price(0));
        assertEquals("185787", Figures.tagPrice(185_787.1));
    }

    @Test
    void signsAreTheRealMinusAndThePlus() {
        assertEquals("+0.19", Figures.signed(0.19, 2));
        assertEquals("\u22120.64", Figures.signed(-0.64, 2));
        assertEquals("0.00", Figures.signed(0, 2));
        assertEquals("0.00", Figures.fixed(-0.001, 2));
    }

    @Test
    void shareCountsTakeTheUnitThatFits() {
        assertEquals("999", Figures.shares(999));
        assertEquals("11.67M", Figures.shares(11_670_000));
        assertEquals("573.6M", Figures.shares(573_576_400));
        assertEquals("2.61T", Figures.shares(2.61e12));
        assertEquals("0", Figures.shares(0));
        assertEquals("2.5M", Figures.rounded(BigDecimal.valueOf(2_500_000)));
    }
}
