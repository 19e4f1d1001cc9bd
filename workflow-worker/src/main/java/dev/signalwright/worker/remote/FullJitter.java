package dev.signalwright.worker.remote;

import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * For {@code @CustomBackoff}: exponential backoff with full jitter, wait = random(0, min({@link #CAP}, {@link #BASE} *
 * 2^n)), and at least as long as the other side asked for (Retry-After). Whether that fits into the call's deadline is
 * the caller's question. One instance per call; not thread-safe.
 */
public final class FullJitter implements CustomBackoffStrategy {
    public static final Duration BASE = Duration.ofMillis(250);
    public static final Duration CAP = Duration.ofSeconds(5);

    private final RandomGenerator random;
    private int retries;

    /** As the fault-tolerance library makes it. */
    public FullJitter() {
        this(RandomGenerator.getDefault());
    }

    FullJitter(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public long nextDelayInMillis(Throwable thrown) {
        long ceiling = Math.min(CAP.toMillis(), BASE.toMillis() << Math.min(retries++, 10));
        long jittered = random.nextLong(ceiling + 1);
        long asked = thrown instanceof RemoteException failure
                ? failure.retryAfter().map(Duration::toMillis).orElse(0L)
                : 0L;
        return Math.max(jittered, asked);
    }
}
