package dev.signalwright.artifacts.event;

import dev.signalwright.artifacts.change.ChangeFeed;
import dev.signalwright.artifacts.change.Position;
import dev.signalwright.artifacts.change.RecordedChange;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads the changes once for all listeners of this replica, and only while there are any. Where it stands moves on one
 * thread, under one lock with the coming of listeners: a listener's stream joins exactly where its past ends.
 */
@Singleton
class EventHub {
    private static final Logger LOG = Logger.getLogger(EventHub.class);
    private static final int BATCH = 500;

    private final ChangeFeed feed;
    private final EventsConfig config;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("events").factory());
    private final Counter told;

    /** Guarded by this; empty while nobody listens. */
    private Optional<Position> position = Optional.empty();

    private boolean started;
    private boolean troubled;
    private int rounds;

    EventHub(ChangeFeed feed, EventsConfig config, MeterRegistry metrics) {
        this.feed = feed;
        this.config = config;
        this.told = metrics.counter("signalwright.events.told");
        metrics.gaugeCollectionSize("signalwright.events.listeners", List.of(), listeners);
    }

    void stop(@Observes ShutdownEvent ignored) {
        thread.shutdownNow();
    }

    /**
     * Joins a listener.
     *
     * @param last its last event; empty for a new one, which hears what happens from now on
     * @throws ProblemException when there are too many, or when it cannot be told what it missed
     */
    Multi<Happening> listen(Reader reader, EventFilter filter, Optional<Position> last) {
        last.ifPresent(this::check);
        Listener[] self = new Listener[1];
        Listener listener = new Listener(
                reader, filter, last.orElse(Position.START), config.queue(), () -> listeners.remove(self[0]));
        self[0] = listener;
        Position joined = join(listener);
        try {
            return listener.stream(last.orElse(joined), missed(last.orElse(joined), joined));
        } catch (RuntimeException refused) {
            listeners.remove(listener);
            throw refused;
        }
    }

    private void check(Position last) {
        if (!feed.knows(last)) {
            throw new ProblemException(
                    ProblemType.EVENT_NOT_KNOWN,
                    "This Last-Event-ID was not given by this store. Read the lists and listen again without it.");
        }
    }

    private synchronized Position join(Listener listener) {
        if (listeners.size() >= config.mostListeners()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_LISTENERS,
                    "This service has " + listeners.size() + " listeners already. Come back a little later.");
        }
        if (listeners.stream()
                        .filter(other ->
                                other.reader().token().equals(listener.reader().token()))
                        .count()
                >= config.mostListenersPerToken()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "This token has " + config.mostListenersPerToken() + " listeners already. Close one.");
        }
        Position here = position.orElseGet(feed::newest);
        position = Optional.of(here);
        listeners.add(listener);
        if (!started) {
            started = true;
            long pause = config.pollInterval().toMillis();
            var _ = thread.scheduleWithFixedDelay(this::round, pause, pause, TimeUnit.MILLISECONDS);
        }
        return here;
    }

    /** A listener may come from a replica that is a moment ahead of this one: then the stream itself brings the rest. */
    private List<Happening> missed(Position last, Position joined) {
        if (!joined.isAfter(last)) {
            return List.of();
        }
        List<RecordedChange> missed = feed.between(last, joined, config.mostMissed() + 1);
        if (missed.size() > config.mostMissed()) {
            throw new ProblemException(
                    ProblemType.EVENT_TOO_OLD,
                    "More than %d events have happened since this Last-Event-ID. Read the lists and listen again without it."
                            .formatted(config.mostMissed()));
        }
        return missed.stream().map(Happening::of).toList();
    }

    private void round() {
        try {
            while (read() == BATCH) {
                // There may be more.
            }
            troubled = false;
        } catch (RuntimeException trouble) {
            // The position stands: what happens meanwhile is told when the database is back.
            if (!troubled && !thread.isShutdown()) {
                LOG.warnf("Events wait: %s", trouble);
            }
            troubled = true;
        }
        beat();
    }

    private synchronized int read() {
        if (listeners.isEmpty()) {
            position = Optional.empty();
        }
        if (position.isEmpty()) {
            return 0;
        }
        List<RecordedChange> changes = feed.after(position.get(), BATCH);
        changes.stream().map(Happening::of).forEach(this::tell);
        if (!changes.isEmpty()) {
            position = Optional.of(changes.getLast().position());
        }
        return changes.size();
    }

    private void tell(Happening happening) {
        told.increment(listeners.size());
        listeners.forEach(listener -> listener.tell(happening));
    }

    /** Those whose token or session has ended, and those who were gone before their answer began. */
    private void letGo() {
        List<Listener> gone = listeners.stream()
                .filter(listener -> !listener.reader().standing().holds() || listener.isAbandoned())
                .toList();
        gone.forEach(Listener::end);
        listeners.removeAll(gone);
    }

    private synchronized void beat() {
        rounds++;
        if (rounds * config.pollInterval().toMillis() >= config.heartbeat().toMillis()) {
            rounds = 0;
            letGo();
            position.map(Happening::heartbeat).ifPresent(beat -> listeners.forEach(listener -> listener.tell(beat)));
        }
    }
}
