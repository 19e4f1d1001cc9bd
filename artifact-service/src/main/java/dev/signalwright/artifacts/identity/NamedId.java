package dev.signalwright.artifacts.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDv5 (RFC 9562) in Signalwright's namespace. */
public final class NamedId {
    private static final UUID NAMESPACE = UUID.fromString("ef49fb85-bf0c-599e-8524-95db8cb78495");

    private NamedId() {}

    /** The id of an artifact with that key. */
    public static UUID ofKey(String key) {
        return of(key);
    }

    /** The id of an execution. */
    public static UUID ofExecution(String dagId, String runId) {
        return of(dagId + "/" + runId);
    }

    private static UUID of(String name) {
        byte[] hash = sha1(
                ByteBuffer.allocate(16)
                        .putLong(NAMESPACE.getMostSignificantBits())
                        .putLong(NAMESPACE.getLeastSignificantBits())
                        .array(),
                name.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        long high = bytes.getLong();
        long low = bytes.getLong();
        return new UUID((high & ~0xF000L) | 0x5000L, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    private static byte[] sha1(byte[] namespace, byte[] name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(namespace);
            return digest.digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1.", e);
        }
    }
}
