package dev.signalwright.worker.indicator;

/** Which side of the price the SuperTrend line is on: below it (up) or above it (down). */
public enum Trend {
    UP,
    DOWN
}
