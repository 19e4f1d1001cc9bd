package dev.signalwright.artifacts.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.signalwright.artifacts.access.SignIn.Result;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in while the database is away: tokens that were known go on, a logout holds. */
class SignInTest {
    private static final String ADDRESS = "127.0.0.1";
    private static final DataSource NO_DATABASE = (DataSource) Proxy.newProxyInstance(
            SignInTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                throw new SQLException("away");
            });

    @TempDir
    Path home;

    private final TestClock clock = new TestClock();
    private final List<AccessToken> tokens = new ArrayList<>();
    private TokenBook book;
    private Sessions sessions;
    private SignIn signIn;

    @BeforeEach
    void start() {
        tokens.add(token("viewer", TokenHome.VIEWER, Optional.empty()));
        tokens.add(token("operator", TokenHome.OPERATOR, Optional.empty()));
        restart();
    }

    private AccessToken token(String role, String text, Optional<Instant> expiresAt) {
        return new AccessToken(
                UUID.randomUUID(),
                role,
                role,
                Hashes.sha256Hex(text),
                true,
                clock.instant(),
                "file",
                Optional.empty(),
                expiresAt,
                Optional.empty());
    }

    private void restart() {
        AccessConfig config = new FixedAccessConfig(home);
        book = new TokenBook(clock);
        book.replace(tokens);
        sessions = new Sessions(book, config, clock);
        signIn = new SignIn(
                book,
                sessions,
                new LoginAttempts(config, clock),
                new TrustedProxies(config),
                new TokenRepository(NO_DATABASE),
                config,
                clock);
    }

    private String enter(String token) {
        return assertInstanceOf(Result.Entered.class, signIn.enter(token, ADDRESS))
                .session();
    }

    private Optional<String> roleOf(String session) {
        return sessions.tokenOf(session).map(AccessToken::role);
    }

    @Test
    void aSessionHoldsItsRoleAcrossARestart() {
        String session = enter(" " + TokenHome.OPERATOR + "\n");
        restart();
        assertEquals(Optional.of("operator"), roleOf(session));
    }

    @Test
    void everyLoginOpensANewSession() {
        assertNotEquals(enter(TokenHome.VIEWER), enter(TokenHome.VIEWER));
    }

    @Test
    void aSessionEndsAfterTwelveHours() {
        String session = enter(TokenHome.VIEWER);
        clock.pass(Duration.ofHours(12));
        assertEquals(Optional.empty(), roleOf(session));
    }

    @Test
    void aSessionEndsWithItsToken() {
        String short_ = "a-token-that-holds-for-an-hour-0123456789";
        tokens.add(token("worker", short_, Optional.of(clock.instant().plus(Duration.ofHours(1)))));
        book.replace(tokens);
        String session = enter(short_);
        assertEquals(Optional.of("worker"), roleOf(session));
        clock.pass(Duration.ofHours(1));
        assertEquals(Optional.empty(), roleOf(session));
        assertInstanceOf(Result.Wrong.class, signIn.enter(short_, ADDRESS));
    }

    @Test
    void aSessionEndsAtLogoutAndOthersGoOn() {
        String mine = enter(TokenHome.VIEWER);
        String other = enter(TokenHome.VIEWER);
        signIn.leave(mine);
        assertEquals(Optional.empty(), roleOf(mine));
        assertEquals(Optional.of("viewer"), roleOf(other));
    }

    @Test
    void aLogoutElsewhereHoldsHere() {
        String session = enter(TokenHome.VIEWER);
        Sessions.Ended ended = sessions.close(session).orElseThrow();
        restart();
        assertEquals(Optional.of("viewer"), roleOf(session), "nobody has told this process yet");
        sessions.ended(Map.of(ended.id(), ended.expiry()));
        assertEquals(Optional.empty(), roleOf(session));
    }

    @Test
    void anotherTokenOfTheSameNameEndsTheSessionsOfTheOldOne() {
        String session = enter(TokenHome.VIEWER);
        book.replace(List.of(token("viewer", "another-viewer-token-0123456789-0123", Optional.empty())));
        assertEquals(Optional.empty(), roleOf(session));
    }

    @Test
    void aForgedOrGarbledSessionIsNone() throws IOException {
        String session = enter(TokenHome.VIEWER);
        int dot = session.indexOf('.');
        String claims = new String(java.util.Base64.getUrlDecoder().decode(session.substring(0, dot)));
        String raised = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace(
                                tokens.getFirst().id().toString(),
                                tokens.getLast().id().toString())
                        .getBytes());
        for (String forged : new String[] {
            raised + session.substring(dot), session + "A", "", ".", "%%%.%%%", "a".repeat(5_000) + ".b"
        }) {
            assertEquals(Optional.empty(), roleOf(forged), forged);
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
    void theManyAddressesOfOneIpv6NetworkCountAsOne() {
        for (int i = 0; i < 3; i++) {
            signIn.enter("wrong", "2001:db8:1:2::" + i);
        }
        assertInstanceOf(Result.TooMany.class, signIn.enter("wrong", "2001:db8:1:2:ffff::9"));
        assertInstanceOf(Result.Wrong.class, signIn.enter("wrong", "2001:db8:1:3::9"));
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
