package dev.signalwright.worker.clientportal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the Client Portal gateway is, what vouches for it, and how long to wait for it.
 *
 * @param certificateSha256 the one certificate to accept: 64 lower-case hexadecimal digits
 * @param caFile authorities to accept instead of the system's, in PEM form
 * @param tls false only for a gateway on this machine that was told to speak plain HTTP
 * @param answer longest wait for an ordinary answer
 * @param history longest wait for one answer with bars
 * @param order longest wait for the answer to a new order
 */
public record PortalAddress(
        String host,
        int port,
        Optional<String> certificateSha256,
        Optional<Path> caFile,
        boolean tls,
        Duration answer,
        Duration history,
        Duration order) {

    /** With the usual waits: 10 s for an answer, 60 s for bars, 20 s for an order. */
    public static PortalAddress of(
            String host, int port, Optional<String> certificateSha256, Optional<Path> caFile, boolean tls) {
        return new PortalAddress(
                host,
                port,
                certificateSha256,
                caFile,
                tls,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
    }

    /** {@code https://localhost:5000}. */
    String origin() {
        return (tls ? "https" : "http") + "://" + host + ":" + port;
    }
}
