package dev.signalwright.worker.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The one kind a failed remote call gets. */
public enum FailureKind {
    /** Never connected: the request was certainly not received. */
    CONNECT,
    /** Sent, perhaps received, no answer in time. */
    READ_TIMEOUT,
    /** 429: asked to come back later. */
    THROTTLED,
    /** 5xx, 408, 425: the other side could not. */
    SERVER,
    /** 500: the other side failed on this very request; it may well answer others. */
    BROKEN,
    /** Other 4xx, and redirects, which are never followed: the other side will not. */
    CLIENT,
    /** Cut off or not the protocol: received or not, nobody knows. */
    GARBLED;

    private static final int MOST_CAUSES = 16;

    /** The kind of an HTTP status; empty for 2xx, which are no failures. */
    public static Optional<FailureKind> ofStatus(int status) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(
                switch (status) {
                    case 429 -> THROTTLED;
                    case 408, 425 -> SERVER;
                    case 500 -> BROKEN;
                    default -> status >= 500 ? SERVER : CLIENT;
                });
    }

    /** The kind of what a client library threw; its causes are looked at, because wrappers hide what happened. */
    public static FailureKind of(Throwable thrown) {
        FailureKind kind = GARBLED;
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
            if (neverConnected(cause)) {
                return CONNECT;
            }
            if (cause instanceof TimeoutException
                    || cause.getClass().getSimpleName().contains("Timeout")) {
                kind = READ_TIMEOUT;
            }
        }
        return kind;
    }

    private static boolean neverConnected(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                // Netty's own, thrown when the handshake of TCP got no answer.
                || (cause instanceof IOException
                        && cause.getClass().getSimpleName().equals("ConnectTimeoutException"));
    }
}
