package dev.signalwright.worker.remote;

/** Whether a failed call may be sent again by itself: kind of failure times idempotent or not. */
public final class RetryRules {
    private RetryRules() {}

    /** @param idempotent whether sending the request twice is the same as sending it once */
    public static boolean worthRetrying(FailureKind kind, boolean idempotent) {
        return switch (kind) {
            case CONNECT, THROTTLED -> true;
            case READ_TIMEOUT, SERVER, BROKEN, GARBLED -> idempotent;
            case CLIENT -> false;
        };
    }
}
