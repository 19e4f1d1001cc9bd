package dev.signalwright.artifacts.identity;

/** Bytes with their SHA-256, which can only be had by hashing them: whoever holds one need not hash again. Immutable by agreement. */
public final class HashedBytes {
    private final byte[] bytes;
    private final String sha256;

    private HashedBytes(byte[] bytes, String sha256) {
        this.bytes = bytes;
        this.sha256 = sha256;
    }

    /** @param bytes not copied, so not to be changed from now on */
    public static HashedBytes of(byte[] bytes) {
        return new HashedBytes(bytes, Sha256.of(bytes));
    }

    /** Not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** Lower-case hex. */
    public String sha256() {
        return sha256;
    }
}
