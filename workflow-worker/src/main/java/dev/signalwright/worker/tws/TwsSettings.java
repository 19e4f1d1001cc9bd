package dev.signalwright.worker.tws;

import java.time.Duration;

/**
 * Where the gateway is and how long to wait for it.
 *
 * <p>A gateway knows its clients by number, and each number can be connected once. Tasks run in parallel processes that
 * know nothing of each other, so a session takes any free number out of {@code firstClientId} to {@code firstClientId +
 * clientIds - 1}. Orders are found by reference, never by client number.
 *
 * @param answer longest wait for an ordinary answer
 * @param history longest wait for bars; gateways slow these down when they are asked for many
 * @param order longest wait for the first certain word about a new order
 */
public record TwsSettings(
        String host, int port, int firstClientId, int clientIds, Duration answer, Duration history, Duration order) {

    /** A gateway serves 32 clients at most; half of them leaves room for the user's own programs. */
    public static final int DEFAULT_CLIENT_IDS = 16;

    public TwsSettings {
        if (firstClientId < 0 || clientIds < 1) {
            throw new IllegalArgumentException("Client numbers " + firstClientId + " and up (" + clientIds
                    + " of them) are impossible: the first is 0 or more, and there is at least one.");
        }
    }

    /** With the usual waits: 10 s for an answer, 60 s for bars, 10 s for an order. */
    public static TwsSettings of(String host, int port, int firstClientId) {
        return new TwsSettings(
                host,
                port,
                firstClientId,
                DEFAULT_CLIENT_IDS,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10));
    }
}
