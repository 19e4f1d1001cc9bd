package dev.signalwright.worker.broker;

/** How much time one bar covers. */
public enum BarSize {
    MINUTE,
    FIVE_MINUTES,
    HOUR,
    DAY,
    WEEK
}
