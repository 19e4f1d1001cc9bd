package dev.signalwright.worker.clientportal;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.tws.host.HostShare;
import dev.signalwright.worker.tws.host.RequestRule;
import dev.signalwright.worker.tws.host.Wait;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps all workers of this host together under the gateway's limits: 10 requests a second (9 are used), and some calls once
 * in five seconds or once a second. Beyond them the gateway locks the address out for about 15 minutes, longer every time.
 * A session has one call in flight, so the limit of five for history is not reached by fewer than five of them. Without a
 * share, or when its folder cannot be used, one session keeps the limits for itself.
 */
final class PortalPacing {
    static final int REQUESTS = 9;
    static final Duration WINDOW = Duration.ofSeconds(1);
    static final Map<String, Duration> APART = Map.of(
            "/iserver/account/orders", Duration.ofSeconds(5),
            "/iserver/account/trades", Duration.ofSeconds(5),
            "/portfolio/accounts", Duration.ofSeconds(5),
            "/tickle", Duration.ofSeconds(1));

    /** Longest wait for the other workers. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final RequestRule RULE = new RequestRule(REQUESTS, WINDOW, APART);

    private final Optional<HostShare> share;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final TaskLog log;
    private final Deque<Long> sentNanos = new ArrayDeque<>();
    private final Map<String, Long> lastNanos = new HashMap<>();
    private boolean shareFailed;

    PortalPacing(Optional<HostShare> share, Clock clock, LongSupplier nanoTicker, Sleeper sleeper, TaskLog log) {
        this.share = share;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
        this.log = log;
    }

    /**
     * Returns when that path (without query) may be called.
     *
     * @throws BrokerException {@code PACING} when the other workers leave no room for a minute
     */
    void await(String path) throws InterruptedException {
        if (share.isEmpty() || shareFailed) {
            awaitAlone(path);
            return;
        }
        try {
            awaitShared(path, share.get());
        } catch (IOException e) {
            log.warn("The gateway's limits cannot be shared with the other workers of this host: " + e
                    + ". Make SIGNALWRIGHT_HOME writable; until then each worker keeps them alone.");
            shareFailed = true;
            awaitAlone(path);
        }
    }

    private void awaitShared(String path, HostShare host) throws IOException, InterruptedException {
        Deadline until = new Deadline(nanoTicker, PATIENCE);
        Wait wait = host.request(path, RULE, clock.instant());
        while (!wait.over()) {
            if (wait.time().compareTo(until.left()) >= 0) {
                throw new BrokerException(
                        Kind.PACING,
                        "A request was held back for " + PATIENCE.toSeconds() + " s: " + wait.why()
                                + ". Run fewer programs against this gateway at once.");
            }
            log.debug("Waiting " + wait.time().toMillis() + " ms before " + path + ": " + wait.why() + ".");
            sleeper.sleep(wait.time());
            wait = host.request(path, RULE, clock.instant());
        }
    }

    private void awaitAlone(String path) throws InterruptedException {
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
