package dev.signalwright.worker.broker;

/** What is known of an order at the gateway. */
public enum OrderState {
    /** Accepted and waiting or working. */
    WORKING,
    FILLED,
    CANCELLED,
    /** Refused by the gateway or the exchange. */
    REJECTED,
    /** Sent, but nothing certain was heard. Doubt means no further order. */
    UNKNOWN
}
