package dev.signalwright.artifacts.artifact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where data came from, from best to worst. A derived artifact has the worst origin of its parents and itself. */
public enum Origin {
    LIVE,
    DELAYED,
    REPLAYED,
    SIMULATED,
    UNKNOWN;

    /** The lower-case word used in JSON and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word that is no origin. */
    public static Optional<Origin> ofWire(String word) {
        return Arrays.stream(values())
                .filter(origin -> origin.wire().equals(word))
                .findFirst();
    }

    /** True when this claims more than the other. */
    public boolean isBetterThan(Origin other) {
        return compareTo(other) < 0;
    }
}
