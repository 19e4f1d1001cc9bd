package dev.signalwright.worker.broker;

import java.time.Duration;

/** Opens sessions at the configured gateway. */
public interface Broker {
    /**
     * Connects, and returns when the gateway has named its accounts.
     *
     * @param deadline for connecting and handshake together
     * @throws BrokerException {@code UNREACHABLE}, {@code SILENT}, {@code CLIENT_ID_IN_USE}, {@code GARBLED},
     *     {@code LOGIN_NEEDED}, {@code COMPETING_SESSION}, {@code UNTRUSTED}
     */
    BrokerSession connect(Duration deadline);
}
