package dev.signalwright.artifacts.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.signalwright.artifacts.access.SignIn.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final String ADDRESS = "127.0.0.1";

    @TempDir
    Path home;

    private final TestClock clock = new TestClock();
    private Sessions sessions;
    private SignIn signIn;

    @BeforeEach
    void start() throws IOException {
        TokenHome.write(home);
        restart();
    }

    private void restart() {
        AccessConfig config = new FixedAccessConfig(home);
        AccessTokens tokens = new AccessTokens(config);
        sessions = new Sessions(tokens, config, clock);
        signIn = new SignIn(tokens, sessions, new LoginAttempts(config, clock), config);
    }

    private String enter(String token) {
        return assertInstanceOf(Result.Entered.class, signIn.enter(token, ADDRESS))
                .session();
    }

    @Test
    void aSessionHoldsItsRoleAcrossARestart() {
        String session = enter(" " + TokenHome.OPERATOR + "\n");
        restart();
        assertEquals(Optional.of("operator"), sessions.roleOf(session));
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        String session = enter(TokenHome.VIEWER);
        clock.pass(Duration.ofHours(12));
        assertEquals(Optional.empty(), sessions.roleOf(session));
    }

    @Test
    void aSessionEndsAtLogoutAndOthersGoOn() {
        String mine = enter(TokenHome.VIEWER);
        String other = enter(TokenHome.VIEWER);
        signIn.leave(mine);
        assertEquals(Optional.empty(), sessions.roleOf(mine));
        assertEquals(Optional.of("viewer"), sessions.roleOf(other));
    }

    @Test
    void aNewTokenEndsTheSessionsOfTheOldOne() throws IOException {
        String session = enter(TokenHome.VIEWER);
        Files.writeString(home.resolve("tokens/viewer"), "another-viewer-token-0123456789-0123");
        restart();
        assertEquals(Optional.empty(), sessions.roleOf(session));
    }

    @Test
    void aForgedOrGarbledSessionIsNone() throws IOException {
        String session = enter(TokenHome.VIEWER);
        int dot = session.indexOf('.');
        String claims = new String(java.util.Base64.getUrlDecoder().decode(session.substring(0, dot)));
        String raised = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("viewer", "operator").getBytes());
        for (String forged : new String[] {
            raised + session.substring(dot), session + "A", "", ".", "%%%.%%%", "a".repeat(5_000) + ".b"
        }) {
            assertEquals(Optional.empty(), sessions.roleOf(forged), forged);
        }
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(home.resolve("session.key")));
    }

    @Test
    void wrongTokensAreCountedPerAddressAndForgottenAfterAMinute() {
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Result.Wrong.class, signIn.enter("wrong", ADDRESS));
        }
        Result.TooMany refused = assertInstanceOf(Result.TooMany.class, signIn.enter(TokenHome.VIEWER, ADDRESS));
        assertEquals(Duration.ofMinutes(1), refused.left());
        assertInstanceOf(Result.Entered.class, signIn.enter(TokenHome.VIEWER, "10.0.0.7"));
        clock.pass(Duration.ofMinutes(1));
        enter(TokenHome.VIEWER);
    }

    @Test
    void onlyPathsOfOursAreFollowedAfterTheLogin() {
        assertEquals("/artifacts?type=chart", SignIn.localPath(Optional.of("/artifacts?type=chart")));
        for (String foreign : new String[] {
            "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/\t/evil", "", "/login"
        }) {
            assertEquals("/", SignIn.localPath(Optional.of(foreign)), foreign);
        }
    }
}
