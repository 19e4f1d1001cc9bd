package dev.signalwright.worker.remote;

import java.util.function.Predicate;

/**
 * For {@code @RetryWhen}: retries what {@link RetryRules} allow and nothing else. An open circuit breaker is nothing to
 * retry, and neither is a bug.
 */
public final class RetryByKind implements Predicate<Throwable> {
    @Override
    public boolean test(Throwable thrown) {
        return thrown instanceof RemoteException failure && failure.worthRetrying();
    }
}
