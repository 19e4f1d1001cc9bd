package dev.signalwright.worker.remote;

import java.time.Duration;
import java.util.Optional;

/**
 * The other side answered 500 ({@link FailureKind#BROKEN}): it is there, but this request broke something in it. Says
 * nothing against other requests, so it does not count against the other side's health.
 */
public final class RequestBrokeException extends RemoteException {
    private static final long serialVersionUID = 1L;

    /** As {@link RemoteException}'s. */
    public RequestBrokeException(String message, boolean worthRetrying, Optional<Duration> retryAfter) {
        super(message, FailureKind.BROKEN, worthRetrying, retryAfter, null);
    }
}
