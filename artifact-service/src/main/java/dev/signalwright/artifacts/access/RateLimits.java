package dev.signalwright.artifacts.access;

import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket for each caller: an average rate and a burst by its role. Counts in this process: with several replicas
 * each lets its share through. One number per caller, changed without a lock. Safe for all threads.
 */
@Singleton
final class RateLimits {
    /** After authentication (200), which says who asks; before authorisation (100). */
    private static final int PLACE = 150;

    private static final int MOST_CALLERS = 10_000;
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long NANOS_PER_MILLI = Duration.ofMillis(1).toNanos();

    private final AccessConfig.Rate rate;
    private final Clock clock;

    /** When each caller's bucket will be full again, in nanoseconds of the clock. */
    private final Map<String, AtomicLong> fullAgain = new ConcurrentHashMap<>();

    RateLimits(AccessConfig config, Clock clock) {
        this.rate = config.rate();
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, PLACE);
    }

    private void limit(RoutingContext context) {
        if (context.user() instanceof QuarkusHttpUser user
                && !user.getSecurityIdentity().isAnonymous()) {
            SecurityIdentity caller = user.getSecurityIdentity();
            Duration wait = waitOf(caller.getPrincipal().getName(), perSecond(caller));
            if (!wait.isZero()) {
                long seconds = wait.toSeconds() + 1;
                context.response().putHeader("Retry-After", Long.toString(seconds));
                Refusal.send(
                        context,
                        ProblemType.TOO_MANY_REQUESTS,
                        "This token asks more often than its role may. Wait " + seconds + " s, then go on slower.");
                return;
            }
        }
        context.next();
    }

    private int perSecond(SecurityIdentity caller) {
        if (caller.hasRole(Roles.OPERATOR)) {
            return rate.operator();
        }
        return caller.hasRole(Roles.WORKER) ? rate.worker() : rate.viewer();
    }

    /** Takes one request out of the caller's bucket; zero when there was one, else how long until there is. */
    Duration waitOf(String caller, int perSecond) {
        if (perSecond == 0) {
            return Duration.ZERO;
        }
        long now = clock.millis() * NANOS_PER_MILLI;
        long each = NANOS_PER_SECOND / perSecond;
        long burst = Math.max(each, rate.burstSeconds() * NANOS_PER_SECOND);
        if (fullAgain.size() > MOST_CALLERS) {
            fullAgain.clear();
        }
        AtomicLong full = fullAgain.computeIfAbsent(caller, ignored -> new AtomicLong(now));
        while (true) {
            long before = full.get();
            long after = Math.max(before, now) + each;
            if (after - now > burst) {
                return Duration.ofNanos(after - now - burst);
            }
            if (full.compareAndSet(before, after)) {
                return Duration.ZERO;
            }
        }
    }
}
