package dev.signalwright.worker.signal;

/** What a decided signal says. */
public enum Action {
    BUY,
    SELL,
    HOLD
}
