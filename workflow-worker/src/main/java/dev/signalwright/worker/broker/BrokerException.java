package dev.signalwright.worker.broker;

/** Anything that went wrong at the broker. The message is one sentence for a person, with advice. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int code;

    public BrokerException(Kind kind, String message) {
        this(kind, 0, message);
    }

    /** @param code the gateway's error code; 0 when it sent none */
    public BrokerException(Kind kind, int code, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    /** The message: one sentence for a person. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Kind kind() {
        return kind;
    }

    public int code() {
        return code;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean worthRetrying() {
        return switch (kind) {
            case UNREACHABLE,
                    SILENT,
                    TIMED_OUT,
                    DISCONNECTED,
                    SERVERS_LOST,
                    RESTARTING,
                    NOT_TRUSTED,
                    CLIENT_ID_IN_USE,
                    PACING,
                    COMPETING_SESSION -> true;
            case WRONG_SERVER,
                    GARBLED,
                    UNKNOWN_SYMBOL,
                    AMBIGUOUS,
                    NO_DATA,
                    NO_PERMISSION,
                    READ_ONLY,
                    WRONG_GATEWAY,
                    LOGIN_NEEDED,
                    UNTRUSTED,
                    REFUSED -> false;
        };
    }

    /** Whether the session is of no use any more, so that further calls on it would only wait in vain. */
    public boolean endsTheSession() {
        return switch (kind) {
            case SILENT, DISCONNECTED, SERVERS_LOST, RESTARTING, LOGIN_NEEDED -> true;
            default -> false;
        };
    }

    /** What kind of trouble it is. */
    public enum Kind {
        /** Nobody listens there. */
        UNREACHABLE,
        /** Connected, but nothing at all is answered, not even the question for the time. */
        SILENT,
        /** The gateway is alive, but this one answer did not come within its deadline. */
        TIMED_OUT,
        /** The connection ended. */
        DISCONNECTED,
        /** The gateway is there, but has lost Interactive Brokers' servers. */
        SERVERS_LOST,
        /** Refused or closed at the time of the gateway's daily restart. */
        RESTARTING,
        /** The gateway closed the connection right after the greeting, as it does with computers it does not trust. */
        NOT_TRUSTED,
        /** Another kind of server answers at that port: HTTP, TLS, SSH. */
        WRONG_SERVER,
        CLIENT_ID_IN_USE,
        /** The answer is not the protocol. */
        GARBLED,
        UNKNOWN_SYMBOL,
        AMBIGUOUS,
        NO_DATA,
        NO_PERMISSION,
        PACING,
        COMPETING_SESSION,
        READ_ONLY,
        /** Only one of the two marks of a simulated gateway, or an account of another kind than configured. */
        WRONG_GATEWAY,
        /** The gateway runs, but nobody is logged in there; only a person can. */
        LOGIN_NEEDED,
        /** Nothing vouches for the certificate that the gateway shows; nothing was sent to it. */
        UNTRUSTED,
        REFUSED
    }
}
