package dev.signalwright.worker.artifacts;

import org.jspecify.annotations.Nullable;

/** An input is not on disk and the artifact service could not be asked. The runner turns it into "try again". */
public final class InputUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
