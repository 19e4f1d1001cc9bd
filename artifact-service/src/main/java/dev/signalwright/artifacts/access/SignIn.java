package dev.signalwright.artifacts.access;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** What the login page calls: a token comes in, a session goes out. Safe for all threads. */
@Singleton
public class SignIn {
    /** Name of the session cookie. */
    public static final String COOKIE = "signalwright_session";

    private final AccessTokens tokens;
    private final Sessions sessions;
    private final LoginAttempts attempts;
    private final AccessConfig config;

    SignIn(AccessTokens tokens, Sessions sessions, LoginAttempts attempts, AccessConfig config) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.attempts = attempts;
        this.config = config;
    }

    /**
     * Tries a token that a person typed.
     *
     * @param address where the request came from; wrong tokens are counted by it
     */
    public Result enter(String token, String address) {
        Duration wait = attempts.waitFor(address);
        if (!wait.isZero()) {
            return new Result.TooMany(wait);
        }
        Optional<String> role = tokens.roleOf(token.strip());
        if (role.isEmpty()) {
            attempts.wrong(address);
            return new Result.Wrong();
        }
        return new Result.Entered(sessions.open(role.get()), config.sessionLasts());
    }

    /** Ends the session of this cookie value. */
    public void leave(String session) {
        sessions.close(session);
    }

    /** Where to go after the login: the wished address if it is a path of ours, else the start page. */
    public static String localPath(Optional<String> wished) {
        return wished.filter(path -> path.startsWith("/") && !path.startsWith("//"))
                .filter(path -> path.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\'))
                .filter(path -> !path.startsWith("/login") && !path.startsWith("/logout"))
                .orElse("/");
    }

    /** What became of a try. */
    public sealed interface Result {
        /** The token is known: the cookie's value and how long it holds. */
        record Entered(String session, Duration lasts) implements Result {}

        /** No such token. */
        record Wrong() implements Result {}

        /** Too many wrong tokens from this address: how long to wait. */
        record TooMany(Duration left) implements Result {}
    }
}
