package dev.signalwright.artifacts.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A home folder with three tokens for tests that start the service: {@code @WithTestResource(TokenHome.class)}. */
public final class TokenHome implements QuarkusTestResourceLifecycleManager {
    public static final String VIEWER = "viewer-token-of-the-tests-0123456789";
    public static final String WORKER = "worker-token-of-the-tests-0123456789";
    public static final String OPERATOR = "operator-token-of-the-tests-0123456789";

    /** The one loopback address that is a sign-on proxy; the others are strangers. */
    public static final String PROXY = "127.0.0.9";

    @Override
    public Map<String, String> start() {
        try {
            Path home = write(Files.createTempDirectory("signalwright-home"));
            Path roles = Files.writeString(
                    home.resolve("roles"), "* viewer\n@desk worker # everyone there\nroot@example operator\n");
            return Map.ofEntries(
                    Map.entry("signalwright.home", home.toString()),
                    Map.entry("signalwright.access.trusted-proxies", PROXY),
                    Map.entry("signalwright.access.proxy-user-header", "X-Forwarded-User"),
                    Map.entry("signalwright.access.proxy-roles-header", "X-Forwarded-Groups"),
                    Map.entry("signalwright.access.proxy-roles-file", roles.toString()),
                    Map.entry("signalwright.access.frame-ancestors", "https://airflow.example:8080"),
                    Map.entry("signalwright.access.body-deadline", "PT2S"),
                    Map.entry("signalwright.access.rate.viewer", "500"),
                    // Bounds that a test can reach.
                    Map.entry("signalwright.events.most-missed", "1000"),
                    Map.entry("signalwright.events.most-listeners-per-token", "8"),
                    Map.entry("signalwright.events.most-listeners", "12"),
                    Map.entry("signalwright.events.heartbeat", "PT1S"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the three token files as the launcher does. */
    static Path write(Path home) throws IOException {
        Path tokens = Files.createDirectories(home.resolve("tokens"));
        writePrivate(tokens.resolve("viewer"), VIEWER);
        writePrivate(tokens.resolve("worker"), WORKER);
        writePrivate(tokens.resolve("operator"), OPERATOR);
        return home;
    }

    private static void writePrivate(Path file, String token) throws IOException {
        Files.writeString(file, token + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Override
    public void stop() {
        // The folder lies below the build's temporary directory and goes with it.
    }
}
