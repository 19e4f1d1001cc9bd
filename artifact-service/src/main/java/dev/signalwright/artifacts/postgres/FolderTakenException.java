package dev.signalwright.artifacts.postgres;

/** Another process uses the folder of the embedded PostgreSQL. */
final class FolderTakenException extends PostgresException {
    private static final long serialVersionUID = 1L;

    FolderTakenException(String message) {
        super(message);
    }
}
