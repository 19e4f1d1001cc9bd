package dev.signalwright.artifacts.access;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens in {@code $SIGNALWRIGHT_HOME/tokens/{viewer,worker,operator}}, read once when the service starts. Only
 * their hashes stay in memory. Immutable, safe for all threads.
 */
@Startup
@Singleton
final class AccessTokens {
    private final Map<String, byte[]> hashByRole = new LinkedHashMap<>();

    AccessTokens(AccessConfig config) {
        Path folder = config.home().resolve("tokens");
        for (String role : Roles.LOWEST_FIRST) {
            hashByRole.put(role, Hashes.sha256(PrivateFile.read(folder.resolve(role))));
        }
    }

    /** The role of a token; compares with all three whatever it finds, so the time taken tells nothing. */
    Optional<String> roleOf(String token) {
        byte[] sent = Hashes.sha256(token);
        String found = "";
        for (Map.Entry<String, byte[]> known : hashByRole.entrySet()) {
            if (MessageDigest.isEqual(known.getValue(), sent)) {
                found = known.getKey();
            }
        }
        return Optional.of(found).filter(role -> !role.isEmpty());
    }

    /** Changes when the role's token does, so that a new token ends the sessions of the old one. Reveals neither. */
    String generation(String role) {
        byte[] hash = hashByRole.getOrDefault(role, new byte[0]);
        return HexFormat.of().formatHex(Hashes.hmacSha256(hash.length == 0 ? new byte[1] : hash, "session"), 0, 8);
    }
}
