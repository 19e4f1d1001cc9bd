package dev.signalwright.worker.tracking;

/** The tracking server did not do what was asked. The message is the rest of a sentence for a person. */
final class TrackingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;
    private final String code;

    /**
     * @param passing whether the same call may succeed later
     * @param code MLflow's {@code error_code}; empty when it sent none
     */
    TrackingException(String message, boolean passing, String code) {
        super(message);
        this.passing = passing;
        this.code = code;
    }

    boolean isPassing() {
        return passing;
    }

    String code() {
        return code;
    }
}
