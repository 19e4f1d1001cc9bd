package dev.signalwright.worker.artifacts;

import org.jspecify.annotations.Nullable;

/** The artifact service gave no clear yes about an order's intent. The message is a sentence for a person. */
public final class IntentNotStoredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;

    /** @param worthRetrying whether the same call may succeed later without anybody changing anything */
    public IntentNotStoredException(String message, boolean worthRetrying, @Nullable Throwable cause) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
    }

    public boolean worthRetrying() {
        return worthRetrying;
    }
}
