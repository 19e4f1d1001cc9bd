package dev.signalwright.artifacts.postgres;

/** The embedded PostgreSQL cannot be started. The message says what failed, where, and what to do. */
public sealed class PostgresException extends RuntimeException permits FolderTakenException {
    private static final long serialVersionUID = 1L;

    PostgresException(String message) {
        super(message);
    }

    PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
