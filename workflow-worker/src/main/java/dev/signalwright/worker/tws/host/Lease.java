package dev.signalwright.worker.tws.host;

/** Something only one process of the host has at a time, until it closes it or ends. Closing twice is no error. */
public interface Lease extends AutoCloseable {
    @Override
    void close();
}
