package dev.signalwright.worker.tws.wire;

/** The bytes are not the protocol. The message says where: which frame length or which field of which message. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
