package dev.signalwright.worker.clientportal;

import java.time.Duration;
import java.util.function.LongSupplier;

/** An end of waiting on a clock that only runs forward. */
record Until(LongSupplier nanoTicker, long endNanos) {
    static Until in(LongSupplier nanoTicker, Duration wait) {
        return new Until(nanoTicker, nanoTicker.getAsLong() + wait.toNanos());
    }

    boolean reached() {
        return !left().isPositive();
    }

    Duration left() {
        return Duration.ofNanos(endNanos - nanoTicker.getAsLong());
    }

    /** What is left, but not more than {@code most}. */
    Duration atMost(Duration most) {
        return left().compareTo(most) < 0 ? left() : most;
    }
}
