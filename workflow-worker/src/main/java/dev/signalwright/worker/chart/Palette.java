package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Ink;
import dev.signalwright.worker.chart.raster.TextStyle;
import dev.signalwright.worker.chart.raster.Typeface;

/**
 * Colours and letters of the charts. Every colour that carries white text or stands as text on white has a contrast of
 * at least 4.5:1. Up and down are never told by colour alone: candles are hollow or filled, changes have an arrow and a
 * sign, SuperTrend has a word and a side.
 */
final class Palette {
    static final Ink WHITE = Ink.of(0xFFFFFF);
    static final Ink TEXT = Ink.of(0x1B1F27);
    static final Ink MUTED = Ink.of(0x5A6270);
    static final Ink GRID = Ink.of(0xE9EBEF);
    static final Ink FRAME = Ink.of(0xC3C8D0);
    static final Ink UP = Ink.of(0x00875A);
    static final Ink DOWN = Ink.of(0xD1293D);
    static final Ink SMA_20 = Ink.of(0xB45309);
    static final Ink SMA_50 = Ink.of(0x2563EB);
    static final Ink SMA_200 = Ink.of(0x7B1FA2);
    static final Ink BAND = Ink.of(0x5F6F86);
    static final Ink TREND_UP = Ink.of(0x00695C);
    static final Ink TREND_DOWN = Ink.of(0xAD1457);
    static final Ink MACD = Ink.of(0x2563EB);
    static final Ink SIGNAL = Ink.of(0xB45309);
    static final Ink RSI = Ink.of(0x7B1FA2);
    static final Ink BADGE = Ink.of(0x7A4B00);
    static final Ink BADGE_FILL = Ink.of(0xFFF1D0);
    static final Ink WARNING = Ink.of(0xA33B00);

    private static final Typeface.Family FACE = Typeface.load();

    private Palette() {}

    static TextStyle regular(double size, Ink ink) {
        return new TextStyle(FACE.regular(), size, ink);
    }

    static TextStyle bold(double size, Ink ink) {
        return new TextStyle(FACE.semiBold(), size, ink);
    }

    /** Baseline that centres capitals and digits of that size on {@code y}. */
    static double baseline(double y, double size) {
        return Math.rint(y + size * 0.349);
    }
}
