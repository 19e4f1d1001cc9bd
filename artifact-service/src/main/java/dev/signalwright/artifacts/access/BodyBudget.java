package dev.signalwright.artifacts.access;

import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many bytes of large bodies may be on their way at once: they are held in memory, and many uploads together must not
 * fill it. Who finds too many is told to come again before a byte of his is read. Safe for all threads.
 */
@Singleton
final class BodyBudget {
    /** After authentication (200) and the rate (150): who is not known takes no share. */
    private static final int PLACE = 140;

    /** Smaller ones are not counted: one for each of the 4,096 connections is a sixth of the heap. */
    private static final long SMALL = 16 << 10;

    /** A body has to be there at its deadline; what is done with it takes seconds. */
    private static final long WORK_MILLIS = 10_000;

    private static final long UNIT = 1 << 10;
    private static final String SECONDS = "2";

    private final long largest;
    private final long bodyMillis;
    private final int units;
    private final Semaphore free;

    BodyBudget(AccessConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        this.largest = largest.asLongValue();
        this.bodyMillis = config.bodyDeadline().toMillis();
        this.units = units(config.bodiesAtOnce().asLongValue());
        this.free = new Semaphore(units);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PLACE);
    }

    private void admit(RoutingContext context) {
        long length = length(context.request());
        // What says that it is larger than any may be is refused by the server itself.
        if (length > SMALL && length <= largest) {
            // One that is larger than the whole budget goes alone.
            int share = Math.min(units, units(length));
            if (!free.tryAcquire(share)) {
                context.response().putHeader("Retry-After", SECONDS);
                Refusal.send(
                        context,
                        ProblemType.TOO_BUSY,
                        "More large bodies are on their way than are kept in memory. Nothing was stored.");
                drain(context);
                return;
            }
            AtomicBoolean held = new AtomicBoolean(true);
            Runnable giveBack = () -> {
                if (held.compareAndSet(true, false)) {
                    free.release(share);
                }
            };
            // Of some exchanges that are cut off nobody hears the end. At their deadline they hold nothing any more.
            long timer = context.vertx().setTimer(bodyMillis + WORK_MILLIS, late -> giveBack.run());
            context.addEndHandler(done -> {
                context.vertx().cancelTimer(timer);
                giveBack.run();
            });
        }
        context.next();
    }

    /** What still arrives is thrown away, so that the sender gets to read the answer; not for longer than any body may take. */
    private void drain(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.resume();
        context.vertx().setTimer(bodyMillis, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    /** One that does not say how long it is may become as long as any. */
    private long length(HttpServerRequest request) {
        String said = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (said == null) {
            return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null ? 0 : largest;
        }
        try {
            return Long.parseLong(said);
        } catch (NumberFormatException garbled) {
            return largest;
        }
    }

    private static int units(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT));
    }
}
