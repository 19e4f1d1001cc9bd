package dev.signalwright.worker.clientportal;

import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Sleeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps one process under the gateway's limits: 10 requests a second together (9 are used), and some calls once in five
 * seconds or once a second. Beyond them the gateway locks the address out for about 15 minutes, longer every time.
 * A session has one call in flight, so the limit of five for history cannot be reached here. Other processes on this
 * machine are not seen: eight tasks at once stay under the limits only because each makes few calls.
 */
final class PortalPacing {
    static final int REQUESTS = 9;
    static final Duration WINDOW = Duration.ofSeconds(1);
    static final Map<String, Duration> APART = Map.of(
            "/iserver/account/orders", Duration.ofSeconds(5),
            "/iserver/account/trades", Duration.ofSeconds(5),
            "/portfolio/accounts", Duration.ofSeconds(5),
            "/tickle", Duration.ofSeconds(1));

    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final TaskLog log;
    private final Deque<Long> sentNanos = new ArrayDeque<>();
    private final Map<String, Long> lastNanos = new HashMap<>();

    PortalPacing(LongSupplier nanoTicker, Sleeper sleeper, TaskLog log) {
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
        this.log = log;
    }

    /** Returns when that path (without query) may be called. */
    void await(String path) throws InterruptedException {
        Duration apart = APART.get(path);
        Long last = lastNanos.get(path);
        if (apart != null && last != null) {
            sleepUntil(last + apart.toNanos(), path);
        }
        if (sentNanos.size() == REQUESTS) {
            sleepUntil(sentNanos.removeFirst() + WINDOW.toNanos(), path);
        }
        long now = nanoTicker.getAsLong();
        sentNanos.addLast(now);
        lastNanos.put(path, now);
    }

    private void sleepUntil(long freeNanos, String path) throws InterruptedException {
        Duration wait = Duration.ofNanos(freeNanos - nanoTicker.getAsLong());
        if (wait.isPositive()) {
            log.debug("Waiting " + wait.toMillis() + " ms before " + path + ": the gateway's pacing limit.");
            sleeper.sleep(wait);
        }
    }
}
