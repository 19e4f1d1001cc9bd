package dev.signalwright.worker.tws;

import java.time.Duration;
import java.util.function.LongSupplier;

/** An end of waiting on a clock that only runs forward. */
final class Deadline {
    private final LongSupplier nanoTicker;
    private final long endNanos;

    Deadline(LongSupplier nanoTicker, Duration wait) {
        this.nanoTicker = nanoTicker;
        this.endNanos = nanoTicker.getAsLong() + wait.toNanos();
    }

    /** Zero or negative when the end is reached. */
    Duration left() {
        return Duration.ofNanos(endNanos - nanoTicker.getAsLong());
    }

    boolean reached() {
        return !left().isPositive();
    }

    /** The earlier of this end and one {@code wait} from now. */
    Deadline atMost(Duration wait) {
        return left().compareTo(wait) <= 0 ? this : new Deadline(nanoTicker, wait);
    }
}
