package dev.signalwright.worker.tws;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where the gateway is, how long to wait for it, and what was said about its contracts and prices.
 *
 * <p>A gateway knows its clients by number, and each number can be connected once. Tasks run in parallel processes, so a
 * session takes any free number out of {@code firstClientId} to {@code firstClientId + clientIds - 1}. Orders are found
 * by reference, never by client number.
 *
 * @param answer longest wait for an ordinary answer
 * @param history longest wait for bars; gateways slow these down when they are asked for many
 * @param order longest wait for the first certain word about a new order
 * @param pacing longest wait until the gateway's pacing rules allow bars to be asked for
 * @param delayedPrices whether the gateway is asked for delayed prices, which cost no subscription
 * @param contracts what a ticker stands for, where the ticker alone does not say it
 * @param restart when the gateway restarts every day; empty when that is not known
 */
public record TwsSettings(
        String host,
        int port,
        int firstClientId,
        int clientIds,
        Duration answer,
        Duration history,
        Duration order,
        Duration pacing,
        boolean delayedPrices,
        Map<String, ContractPin> contracts,
        Optional<RestartWindow> restart) {

    /** A gateway serves 32 clients at most; half of them leaves room for the user's own programs. */
    public static final int DEFAULT_CLIENT_IDS = 16;

    private static final Duration USUAL_PACING = Duration.ofMinutes(10);

    public TwsSettings {
        if (firstClientId < 0 || clientIds < 1) {
            throw new IllegalArgumentException("Client numbers " + firstClientId + " and up (" + clientIds
                    + " of them) are impossible: the first is 0 or more, and there is at least one.");
        }
        contracts = Map.copyOf(contracts);
    }

    /** Live prices, no pinned contracts, no known restart. */
    public TwsSettings(
            String host,
            int port,
            int firstClientId,
            int clientIds,
            Duration answer,
            Duration history,
            Duration order) {
        this(
                host,
                port,
                firstClientId,
                clientIds,
                answer,
                history,
                order,
                USUAL_PACING,
                false,
                Map.of(),
                Optional.empty());
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

    /** The same with what the user's settings say beyond the address. */
    public TwsSettings with(boolean delayed, Map<String, ContractPin> pins, Optional<RestartWindow> restarts) {
        return new TwsSettings(
                host, port, firstClientId, clientIds, answer, history, order, pacing, delayed, pins, restarts);
    }

    String address() {
        return host + ":" + port;
    }
}
