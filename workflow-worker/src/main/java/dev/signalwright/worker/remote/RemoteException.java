package dev.signalwright.worker.remote;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A remote call that had no usable answer. The message is a sentence for a person, without secrets. */
public sealed class RemoteException extends RuntimeException permits RequestBrokeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final boolean worthRetrying;
    private final @Nullable Duration retryAfter;

    /**
     * @param worthRetrying whether this caller may send the request again now, see {@link RetryRules}
     * @param retryAfter how long the other side asked to wait; empty when it did not ask
     */
    public RemoteException(
            String message,
            FailureKind kind,
            boolean worthRetrying,
            Optional<Duration> retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.worthRetrying = worthRetrying;
        this.retryAfter = retryAfter.orElse(null);
    }

    public FailureKind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public boolean worthRetrying() {
        return worthRetrying;
    }
}
