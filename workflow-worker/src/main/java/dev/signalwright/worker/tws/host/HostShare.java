package dev.signalwright.worker.tws.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the worker processes of this host share about one gateway; see the room's page. Thread-safe. */
public final class HostShare {
    /** Requests for bars that may be open at a gateway at once. */
    public static final int OPEN_REQUESTS = 50;

    private static final Wait BUSY = new Wait(Duration.ofMillis(1), "another worker is at the same file");

    private final Path folder;

    private HostShare(Path folder) {
        this.folder = folder;
    }

    /** @param home of the set-up; nothing is made there before it is needed */
    public static HostShare of(Path home, String host, int port) {
        String name = host.replaceAll("[^A-Za-z0-9.-]", "_") + "_" + port;
        return new HostShare(home.resolve("gateways").resolve(name));
    }

    public Path folder() {
        return folder;
    }

    /**
     * Enters one message to the gateway if it may go out now.
     *
     * @param order whether it is an order or a cancellation, for which a part of the allowance is reserved
     * @throws IOException the folder cannot be used
     */
    public Wait message(boolean order, Instant now) throws IOException {
        return file("messages")
                .exclusively(channel -> MessageLedger.enter(channel, order, now))
                .orElse(BUSY);
    }

    /** Enters one request for bars if it may go out now. */
    public Wait history(HistoryAsk ask, Instant now) throws IOException {
        return file("history")
                .exclusively(channel -> HistoryLedger.enter(channel, ask, now))
                .orElse(BUSY);
    }

    /** Enters one request to a web gateway, for that path without its query, if it may go out now. */
    public Wait request(String path, RequestRule rule, Instant now) throws IOException {
        return file("requests")
                .exclusively(channel -> RequestLedger.enter(channel, path, rule, now))
                .orElse(BUSY);
    }

    /** One of the requests for bars that may be open; empty when all are. */
    public Optional<Lease> openRequest() throws IOException {
        SharedFile file = file("open-requests");
        for (int slot = 0; slot < OPEN_REQUESTS; slot++) {
            Optional<Lease> lease = file.take(slot);
            if (lease.isPresent()) {
                return lease;
            }
        }
        return Optional.empty();
    }

    /** That client number; empty when a process of this host has it. */
    public Optional<Lease> clientId(int clientId) throws IOException {
        return file("client-ids").take(clientId);
    }

    private SharedFile file(String name) throws IOException {
        return SharedFile.open(folder.resolve(name));
    }
}
