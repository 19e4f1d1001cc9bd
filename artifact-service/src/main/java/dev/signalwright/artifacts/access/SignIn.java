package dev.signalwright.artifacts.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What the login page calls: a token comes in, a session goes out. Safe for all threads. */
@Singleton
public class SignIn {
    /** Name of the session cookie. */
    public static final String COOKIE = "signalwright_session";

    /** Its name over TLS: browsers then take it from this host alone and send it nowhere else. */
    public static final String SECURE_COOKIE = "__Host-" + COOKIE;

    private static final Logger LOG = Logger.getLogger(SignIn.class);

    private final TokenBook tokens;
    private final Sessions sessions;
    private final LoginAttempts attempts;
    private final TrustedProxies proxies;
    private final TokenRepository repository;
    private final AccessConfig config;
    private final Clock clock;

    SignIn(
            TokenBook tokens,
            Sessions sessions,
            LoginAttempts attempts,
            TrustedProxies proxies,
            TokenRepository repository,
            AccessConfig config,
            Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.attempts = attempts;
        this.proxies = proxies;
        this.repository = repository;
        this.config = config;
        this.clock = clock;
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
        Optional<AccessToken> known = tokens.find(token.strip());
        if (known.isEmpty()) {
            if (!token.isBlank()) { // an empty field is no guess
                attempts.wrong(address);
            }
            return new Result.Wrong();
        }
        return new Result.Entered(sessions.open(known.get()), config.sessionLasts());
    }

    /** Ends the session of this cookie value: here at once, on other replicas when they read the table again. */
    public void leave(String session) {
        sessions.close(session).ifPresent(ended -> {
            try {
                repository.end(ended.id(), ended.expiry(), clock.instant());
            } catch (SQLException e) {
                LOG.warnf(
                        "A logout holds on this replica only, because the database does not answer: %s",
                        e.getMessage());
            }
        });
    }

    /** The session cookie's value, if the request brings one under the name that belongs to its protocol. */
    public Optional<String> session(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(isSecure(request) ? SECURE_COOKIE : COOKIE))
                .map(Cookie::getValue);
    }

    /** Where the request came from: the address a trusted proxy names, else the one at the other end of the wire. */
    public String addressOf(HttpServerRequest request) {
        return proxies.addressOf(request);
    }

    /** Whether the browser's side of the connection is encrypted, here or at a trusted proxy. */
    public boolean isSecure(HttpServerRequest request) {
        return proxies.isSecure(request);
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
