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

    @Override
    public Map<String, String> start() {
        try {
            Path home = write(Files.createTempDirectory("signalwright-home"));
            return Map.of("signalwright.home", home.toString());
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
