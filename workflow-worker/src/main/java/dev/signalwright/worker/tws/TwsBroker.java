package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.tws.host.HostShare;
import dev.signalwright.worker.tws.host.Lease;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Opens sessions at a TWS or IB Gateway socket. Thread-safe; the sessions are not. */
public final class TwsBroker implements Broker {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    /** Between tries with a number that no process of this host has: its former holder may only seem to be there. */
    private static final List<Duration> GHOST_PAUSES = List.of(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private static final Lease NO_LEASE = () -> {};

    private final TwsSettings settings;
    private final Optional<HostShare> share;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final TaskLog log;
    private final GatewayCodes codes = GatewayCodes.bundled();

    /**
     * A client that shares the gateway's limits and client numbers with the other workers of its host.
     *
     * @param clock of this machine
     * @param nanoTicker nanoseconds that only run forward, for example {@code System::nanoTime}
     */
    public TwsBroker(
            TwsSettings settings,
            Optional<HostShare> share,
            Clock clock,
            LongSupplier nanoTicker,
            Sleeper sleeper,
            RandomGenerator random,
            TaskLog log) {
        this.settings = settings;
        this.share = share;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
        this.random = random;
        this.log = log;
    }

    /** A client that knows of no other on its host, nor the time of day: it heeds no daily restart. */
    public TwsBroker(
            TwsSettings settings, LongSupplier nanoTicker, Sleeper sleeper, RandomGenerator random, TaskLog log) {
        this(
                settings.with(settings.delayedPrices(), settings.contracts(), Optional.empty()),
                Optional.empty(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                nanoTicker,
                sleeper,
                random,
                log);
    }

    /**
     * Takes a client number that no process of this host has. Is it taken at the gateway all the same, by a ghost of an
     * earlier connection or a foreign program, it is tried again after 2, 5, 15, 30 and 60 s as far as half of the
     * deadline allows, then the next. At the time of the gateway's restart it is tried again until the deadline.
     */
    @Override
    public BrokerSession connect(Duration deadline) {
        Deadline until = new Deadline(nanoTicker, deadline);
        while (true) {
            try {
                return share.isPresent() ? withLeasedId(share.get(), until) : withAnyId(until);
            } catch (BrokerException e) {
                if (e.kind() != Kind.RESTARTING || until.left().compareTo(LONGEST_PAUSE) <= 0) {
                    throw e;
                }
                log.info(e.sentence());
                sleep(LONGEST_PAUSE, e);
            }
        }
    }

    private BrokerSession withLeasedId(HostShare host, Deadline until) {
        Duration half = until.left().dividedBy(2);
        Deadline sameIdUntil = new Deadline(nanoTicker, half);
        Optional<BrokerException> taken = Optional.empty();
        boolean anyFree = false;
        for (int clientId : shuffledClientIds()) {
            Optional<Lease> lease = lease(host, clientId);
            if (lease.isPresent()) {
                anyFree = true;
                try {
                    return patiently(clientId, lease.get(), sameIdUntil, until);
                } catch (BrokerException e) {
                    lease.get().close();
                    if (taken.isPresent() && until.reached()) {
                        throw taken.get();
                    }
                    if (e.kind() != Kind.CLIENT_ID_IN_USE || until.reached()) {
                        throw e;
                    }
                    taken = Optional.of(e);
                }
            }
        }
        if (anyFree && taken.isPresent()) {
            throw taken.get();
        }
        if (until.left().compareTo(LONGEST_PAUSE) <= 0) {
            throw new BrokerException(
                    Kind.CLIENT_ID_IN_USE,
                    "All client numbers from " + settings.firstClientId() + " to "
                            + (settings.firstClientId() + settings.clientIds() - 1)
                            + " are taken by workers of this host. Wait until some have ended.");
        }
        log.info("All client numbers of this host are taken; waiting for one.");
        sleep(FIRST_PAUSE, new BrokerException(Kind.CLIENT_ID_IN_USE, "The task was told to stop while it waited."));
        return withLeasedId(host, until);
    }

    private Optional<Lease> lease(HostShare host, int clientId) {
        try {
            return host.clientId(clientId);
        } catch (IOException e) {
            log.warn("Client numbers cannot be shared with the other workers of this host: " + e
                    + ". Make SIGNALWRIGHT_HOME writable.");
            return Optional.of(NO_LEASE);
        }
    }

    private BrokerSession patiently(int clientId, Lease lease, Deadline sameIdUntil, Deadline until) {
        Deque<Duration> pauses = new ArrayDeque<>(GHOST_PAUSES);
        while (true) {
            try {
                return open(clientId, lease, until);
            } catch (BrokerException e) {
                Duration pause = pauses.isEmpty() ? GHOST_PAUSES.getLast() : pauses.removeFirst();
                if (e.kind() != Kind.CLIENT_ID_IN_USE || sameIdUntil.left().compareTo(pause) <= 0) {
                    throw e;
                }
                log.info("Client number " + clientId + " is in use at the gateway, though by no worker of this host:"
                        + " trying again in " + Governor.seconds(pause) + ".");
                sleep(pause, e);
            }
        }
    }

    /** Tries the numbers in random order, a short pause between two; after the last the round begins again. */
    private BrokerSession withAnyId(Deadline until) {
        List<Integer> clientIds = shuffledClientIds();
        Duration pause = FIRST_PAUSE;
        Optional<BrokerException> taken = Optional.empty();
        for (int attempt = 0; ; attempt++) {
            int clientId = clientIds.get(attempt % clientIds.size());
            try {
                return open(clientId, NO_LEASE, until);
            } catch (BrokerException e) {
                if (taken.isPresent() && until.reached()) {
                    // The deadline fell into a later try: what kept us out were the taken numbers.
                    throw taken.get();
                }
                if (e.kind() != Kind.CLIENT_ID_IN_USE || until.left().compareTo(pause) <= 0) {
                    throw e;
                }
                taken = Optional.of(e);
                log.debug("Client number " + clientId + " is taken at the gateway; trying another.");
                sleep(pause, e);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private List<Integer> shuffledClientIds() {
        List<Integer> clientIds = new ArrayList<>(IntStream.range(0, settings.clientIds())
                .map(slot -> settings.firstClientId() + slot)
                .boxed()
                .toList());
        Collections.shuffle(clientIds, Random.from(random));
        return clientIds;
    }

    private BrokerSession open(int clientId, Lease lease, Deadline until) {
        Governor governor = new Governor(share, clock, nanoTicker, sleeper, random, log);
        try {
            GatewayLink link = GatewayLink.open(settings, until, governor, log);
            try {
                Conversation conversation = new Conversation(link, codes, nanoTicker, settings.answer(), log);
                Handshake handshake = Handshake.perform(conversation, clientId, until);
                return new TwsSession(settings, conversation, handshake, clientId, governor, clock, lease, log);
            } catch (RuntimeException e) {
                link.close();
                throw e;
            }
        } catch (BrokerException e) {
            throw duringRestart(e);
        }
    }

    /** Refused, closed or silent at that time of day has a harmless reason. */
    private BrokerException duringRestart(BrokerException e) {
        boolean gone = switch (e.kind()) {
            case UNREACHABLE, DISCONNECTED, NOT_TRUSTED, SILENT -> true;
            default -> false;
        };
        if (!gone
                || settings.restart()
                        .filter(window -> window.contains(clock.instant()))
                        .isEmpty()) {
            return e;
        }
        return new BrokerException(
                Kind.RESTARTING,
                "The gateway at " + settings.address()
                        + " is away, as it is for some minutes after its daily restart at "
                        + settings.restart().get() + ". It comes back by itself; if it does not, log in to it. "
                        + e.sentence());
    }

    private void sleep(Duration pause, BrokerException reason) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(reason.kind(), "The task was told to stop while it waited.");
        }
    }
}
