package dev.signalwright.worker.artifacts;

/** An artifact could not be made durable: full disk, failed fsync. The message is a sentence for a person. */
public final class HandOverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HandOverException(String message, Throwable cause) {
        super(message, cause);
    }
}
