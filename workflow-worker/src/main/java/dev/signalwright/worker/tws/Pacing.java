package dev.signalwright.worker.tws;

import dev.signalwright.worker.platform.Sleeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Keeps a session under the gateway's limit of 50 messages a second: at most {@link #MESSAGES} in any
 * {@link #WINDOW}. Beyond the limit a gateway answers error 100 and at the third time closes the connection.
 */
final class Pacing {
    static final int MESSAGES = 40;
    static final Duration WINDOW = Duration.ofSeconds(1);

    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final Deque<Long> sentNanos = new ArrayDeque<>();

    Pacing(LongSupplier nanoTicker, Sleeper sleeper) {
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
    }

    /** Returns when one more message may be sent. */
    void await() throws InterruptedException {
        if (sentNanos.size() == MESSAGES) {
            long freeNanos = sentNanos.removeFirst() + WINDOW.toNanos() - nanoTicker.getAsLong();
            if (freeNanos > 0) {
                sleeper.sleep(Duration.ofNanos(freeNanos));
            }
        }
        sentNanos.addLast(nanoTicker.getAsLong());
    }
}
