package dev.signalwright.worker.platform;

import java.time.Duration;
import java.util.function.LongSupplier;

/** An end of waiting on a clock that only runs forward. Immutable. */
public final class Deadline {
    private final LongSupplier nanoTicker;
    private final long endNanos;

    /** @param nanoTicker nanoseconds that only run forward, for example {@code System::nanoTime} */
    public Deadline(LongSupplier nanoTicker, Duration wait) {
        this.nanoTicker = nanoTicker;
        this.endNanos = nanoTicker.getAsLong() + wait.toNanos();
    }

    /** Zero or negative when the end is reached. */
    public Duration left() {
        return Duration.ofNanos(endNanos - nanoTicker.getAsLong());
    }

    public boolean reached() {
        return !left().isPositive();
    }

    /** The earlier of this end and one {@code wait} from now. */
    public Deadline atMost(Duration wait) {
        return left().compareTo(wait) <= 0 ? this : new Deadline(nanoTicker, wait);
    }
}
