package dev.signalwright.artifacts.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFilesTest {
    @TempDir
    Path home;

    @BeforeEach
    void writeTokens() throws IOException {
        TokenHome.write(home);
    }

    @Test
    void onlyTheHashOfEachLeaves() {
        Map<String, String> hashes = TokenFiles.hashes(home);
        assertEquals(Set.of("viewer", "worker", "operator"), hashes.keySet());
        assertEquals(Hashes.sha256Hex(TokenHome.WORKER), hashes.get("worker"));
        assertFalse(hashes.toString().contains("token-of-the-tests"));
    }

    @Test
    void refusesToStartWithoutATokenAndSaysHowToWriteIt() throws IOException {
        Files.delete(home.resolve("tokens/worker"));
        String message = assertThrows(ConfigurationException.class, () -> TokenFiles.hashes(home))
                .getMessage();
        assertTrue(message.contains("tokens/worker is missing") && message.contains("openssl rand"), message);
    }

    @Test
    void refusesToStartWhenOthersMayReadAToken() throws IOException {
        Files.setPosixFilePermissions(home.resolve("tokens/viewer"), PosixFilePermissions.fromString("rw-r-----"));
        String message = assertThrows(ConfigurationException.class, () -> TokenFiles.hashes(home))
                .getMessage();
        assertTrue(message.contains("chmod 600"), message);
    }

    @Test
    void refusesToStartWithATokenBehindALink() throws IOException {
        Path elsewhere = Files.move(home.resolve("tokens/viewer"), home.resolve("elsewhere"));
        Files.createSymbolicLink(home.resolve("tokens/viewer"), elsewhere);
        assertThrows(ConfigurationException.class, () -> TokenFiles.hashes(home));
    }

    @Test
    void refusesToStartWithATokenThatCanBeGuessed() throws IOException {
        Files.writeString(home.resolve("tokens/viewer"), "secret\n");
        assertThrows(ConfigurationException.class, () -> TokenFiles.hashes(home));
    }

    @Test
    void everyRoleHoldsTheOnesBelowIt() {
        assertEquals(Set.of("viewer"), Roles.heldBy("viewer"));
        assertEquals(Set.of("viewer", "worker"), Roles.heldBy("worker"));
        assertEquals(Set.of("viewer", "worker", "operator"), Roles.heldBy("operator"));
        assertEquals(Set.of(), Roles.heldBy("root"));
        assertEquals(Set.of(), Roles.heldBy(""));
    }
}
