package dev.signalwright.artifacts.access;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The installation's first tokens, {@code $SIGNALWRIGHT_HOME/tokens/{viewer,worker,operator}}: the owner's own copies,
 * which nobody but the owner can read. Only their hashes leave this class.
 */
final class TokenFiles {
    private TokenFiles() {}

    /** Role to hash of the file's token. */
    static Map<String, String> hashes(Path home) {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String role : Roles.LOWEST_FIRST) {
            hashes.put(
                    role,
                    Hashes.sha256Hex(PrivateFile.read(home.resolve("tokens").resolve(role))));
        }
        return hashes;
    }
}
