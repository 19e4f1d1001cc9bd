package dev.signalwright.worker.artifacts;

import java.util.Locale;

/** Where data came from, from best to worst. A derived artifact has the worst origin of its parents and itself. */
public enum Origin {
    LIVE,
    DELAYED,
    REPLAYED,
    SIMULATED,
    UNKNOWN;

    /** The lower-case word used in JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Origin ofWire(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public Origin worst(Origin other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
