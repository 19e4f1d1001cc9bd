package dev.signalwright.artifacts.event;

import dev.signalwright.artifacts.change.Position;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listener. What happens from its registration on is kept for it until its stream is subscribed to, then passed on; both
 * in the order of positions. What does not fit into its queue ends its stream.
 *
 * <p>Threads: the hub tells, a worker thread prepares, the connection's thread subscribes and ends; one lock orders them.
 */
final class Listener {
    private final Reader reader;
    private final EventFilter filter;
    private final Position from;
    private final int queue;
    private final Runnable onEnd;

    private List<Happening> waiting = new ArrayList<>();
    private @Nullable MultiEmitter<? super Happening> stream;
    private boolean cut;
    private int beatsWithoutReader;

    /** @param from what it knows already; another replica that told it may be a moment ahead of this one */
    Listener(Reader reader, EventFilter filter, Position from, int queue, Runnable onEnd) {
        this.reader = reader;
        this.filter = filter;
        this.from = from;
        this.queue = queue;
        this.onEnd = onEnd;
    }

    Reader reader() {
        return reader;
    }

    /** Asked at every heartbeat: true when nobody took its stream from one to the next. */
    synchronized boolean isAbandoned() {
        return stream == null && beatsWithoutReader++ > 0;
    }

    /** From the hub: what let it in holds no longer. */
    synchronized void end() {
        cut = true;
        waiting = List.of();
        if (stream != null) {
            stream.complete();
        }
    }

    /** From the hub. */
    synchronized void tell(Happening happening) {
        if (cut || !isWanted(happening)) {
            return;
        }
        if (stream != null) {
            stream.emit(happening);
        } else if (waiting.size() < queue) {
            waiting.add(happening);
        } else {
            cut = true;
            waiting = List.of();
        }
    }

    private boolean isWanted(Happening happening) {
        return happening
                .change()
                .map(change -> happening.position().isAfter(from) && filter.lets(change))
                .orElseGet(() -> !from.isAfter(happening.position()));
    }

    /**
     * The stream.
     *
     * @param start where it begins: told first, so that a listener that loses its connection before anything happens can
     *     come back
     * @param missed what happened between its last event and its registration
     */
    Multi<Happening> stream(Position start, List<Happening> missed) {
        List<Happening> first = new ArrayList<>();
        first.add(Happening.heartbeat(start));
        missed.stream().filter(this::isWanted).forEach(first::add);
        return Multi.createFrom()
                .<Happening>emitter(emitter -> begin(emitter, first), BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(queue + first.size())
                .onTermination()
                .invoke(onEnd);
    }

    private synchronized void begin(MultiEmitter<? super Happening> emitter, List<Happening> first) {
        first.forEach(emitter::emit);
        waiting.forEach(emitter::emit);
        waiting = List.of();
        stream = emitter;
        if (cut) {
            emitter.complete();
        }
    }
}
