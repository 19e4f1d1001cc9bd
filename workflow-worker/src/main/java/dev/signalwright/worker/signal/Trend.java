package dev.signalwright.worker.signal;

import java.util.Locale;

/** The direction the analyst sees in the daily chart. */
public enum Trend {
    UP,
    DOWN,
    SIDEWAYS;

    /** The lower-case word used in JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
