package dev.signalwright.artifacts.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {
    @TempDir
    Path home;

    @BeforeEach
    void writeTokens() throws IOException {
        TokenHome.write(home);
    }

    private AccessTokens tokens() {
        return new AccessTokens(new FixedAccessConfig(home));
    }

    @Test
    void knowsTheRoleOfEachToken() {
        assertEquals(Optional.of("viewer"), tokens().roleOf(TokenHome.VIEWER));
        assertEquals(Optional.of("worker"), tokens().roleOf(TokenHome.WORKER));
        assertEquals(Optional.of("operator"), tokens().roleOf(TokenHome.OPERATOR));
        assertEquals(Optional.empty(), tokens().roleOf(TokenHome.VIEWER + "x"));
        assertEquals(Optional.empty(), tokens().roleOf(""));
    }

    @Test
    void refusesToStartWithoutATokenAndSaysHowToWriteIt() throws IOException {
        Files.delete(home.resolve("tokens/worker"));
        String message =
                assertThrows(ConfigurationException.class, this::tokens).getMessage();
        assertTrue(message.contains("tokens/worker is missing") && message.contains("openssl rand"), message);
    }

    @Test
    void refusesToStartWhenOthersMayReadAToken() throws IOException {
        Files.setPosixFilePermissions(home.resolve("tokens/viewer"), PosixFilePermissions.fromString("rw-r-----"));
        String message =
                assertThrows(ConfigurationException.class, this::tokens).getMessage();
        assertTrue(message.contains("chmod 600"), message);
    }

    @Test
    void refusesToStartWithATokenThatCanBeGuessed() throws IOException {
        Files.writeString(home.resolve("tokens/viewer"), "secret\n");
        assertThrows(ConfigurationException.class, this::tokens);
    }

    @Test
    void everyRoleHoldsTheOnesBelowIt() {
        assertEquals(java.util.Set.of("viewer"), Roles.heldBy("viewer"));
        assertEquals(java.util.Set.of("viewer", "worker"), Roles.heldBy("worker"));
        assertEquals(java.util.Set.of("viewer", "worker", "operator"), Roles.heldBy("operator"));
        assertEquals(java.util.Set.of(), Roles.heldBy("root"));
    }
}
