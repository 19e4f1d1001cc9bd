package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.tws.host.HistoryAsk;
import dev.signalwright.worker.tws.host.HostShare;
import dev.signalwright.worker.tws.host.Lease;
import dev.signalwright.worker.tws.host.Wait;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Holds messages back until the gateway's rules allow them, together with all workers of the host. Without a share, or
 * when its folder cannot be used, the rule for messages is kept for this session alone.
 */
final class Governor {
    private static final Duration WORTH_A_LINE = Duration.ofMillis(200);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Lease NO_LEASE = () -> {};

    /** Something to enter, or the wait before that. */
    private interface Entry {
        Wait tryNow() throws IOException;
    }

    private final Optional<HostShare> share;
    private final Pacing alone;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final TaskLog log;
    private boolean shareFailed;
    private boolean messagePaid;

    Governor(
            Optional<HostShare> share,
            Clock clock,
            LongSupplier nanoTicker,
            Sleeper sleeper,
            RandomGenerator random,
            TaskLog log) {
        this.share = share;
        this.alone = new Pacing(nanoTicker, sleeper);
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
        this.random = random;
        this.log = log;
    }

    /**
     * Returns when one more message may be sent.
     *
     * @throws BrokerException {@code PACING} when that is not before the end of {@code longest}
     */
    void message(boolean order, Duration longest) throws InterruptedException {
        if (share.isEmpty() || shareFailed) {
            alone.await();
            return;
        }
        if (messagePaid) {
            messagePaid = false;
            return;
        }
        HostShare host = share.get();
        await("A message", new Deadline(nanoTicker, longest), () -> host.message(order, clock.instant()));
    }

    /**
     * Returns when those bars may be asked for; the lease is closed when they have come. The request's message slot is taken
     * before, and the next message needs none: a request that waits for its slot after the grant would arrive later than
     * granted, and closer to the next one.
     *
     * @throws BrokerException {@code PACING} when that is not before the deadline
     */
    Lease history(String what, HistoryAsk ask, Deadline until) {
        if (share.isEmpty() || shareFailed) {
            return NO_LEASE;
        }
        HostShare host = share.get();
        List<Lease> lease = new ArrayList<>(1);
        try {
            await(what, until, () -> {
                if (lease.isEmpty()) {
                    Optional<Lease> free = host.openRequest();
                    if (free.isEmpty()) {
                        return new Wait(
                                BETWEEN_LOOKS, HostShare.OPEN_REQUESTS + " requests for bars are open at this gateway");
                    }
                    lease.add(free.get());
                }
                if (!messagePaid) {
                    Wait slot = host.message(false, clock.instant());
                    if (!slot.over()) {
                        return slot;
                    }
                    messagePaid = true;
                }
                return host.history(ask, clock.instant());
            });
        } catch (InterruptedException e) {
            lease.forEach(Lease::close);
            Thread.currentThread().interrupt();
            throw new BrokerException(Kind.DISCONNECTED, "The task was told to stop while it waited.");
        } catch (BrokerException e) {
            lease.forEach(Lease::close);
            throw e;
        }
        return lease.isEmpty() ? NO_LEASE : lease.getFirst();
    }

    private void await(String what, Deadline until, Entry entry) throws InterruptedException {
        String told = "";
        while (true) {
            Wait wait;
            try {
                wait = entry.tryNow();
            } catch (IOException e) {
                log.warn("The gateway's limits cannot be shared with the other workers of this host: " + e
                        + ". Make SIGNALWRIGHT_HOME writable; until then each worker keeps them alone.");
                shareFailed = true;
                return;
            }
            if (wait.over()) {
                return;
            }
            if (wait.time().compareTo(until.left()) >= 0) {
                throw new BrokerException(
                        Kind.PACING,
                        what + " was held back: " + wait.why() + ", and the next may go in " + seconds(wait.time())
                                + ". Run fewer programs against this gateway at once, or try again then.");
            }
            if (wait.time().compareTo(WORTH_A_LINE) > 0 && !told.equals(wait.why())) {
                log.info(what + " waits " + seconds(wait.time()) + ": " + wait.why() + ".");
                told = wait.why();
            }
            sleeper.sleep(spread(wait.time()));
        }
    }

    /** Waiting workers do not all come back in the same instant. */
    private Duration spread(Duration time) {
        return time.plusNanos(random.nextLong(
                1 + Math.min(time.toNanos() / 10, Duration.ofMillis(20).toNanos())));
    }

    static String seconds(Duration time) {
        return "%.1f s".formatted(time.toMillis() / 1000.0);
    }
}
