package dev.signalwright.artifacts.backup;

/** A backup or a restore that cannot be made; the message is a sentence for a person, with advice. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupException(String sentence) {
        super(sentence);
    }

    BackupException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
