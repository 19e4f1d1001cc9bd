package dev.signalwright.artifacts.access;

import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The tokens of this installation. Their hashes lie in the database; a thread of its own copies those that hold into the
 * {@link TokenBook} every {@link AccessConfig#tokenRefresh()}. So a token that was revoked at one replica is refused
 * there at once and at every other within that time and one query. Safe for all threads.
 */
@Singleton
class AccessTokens {
    private static final Logger LOG = Logger.getLogger(AccessTokens.class);
    private static final int TOKEN_BYTES = 32;

    /** At the front of every token, so that scanners for leaked secrets can know one. */
    private static final String PREFIX = "swt_";

    private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(5);

    private final TokenRepository repository;
    private final TokenBook book;
    private final Sessions sessions;
    private final AccessConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("token-refresh").factory());

    /** A new token: the one moment in which its text is known. */
    record Made(AccessToken token, String text) {}

    AccessTokens(TokenRepository repository, TokenBook book, Sessions sessions, AccessConfig config, Clock clock) {
        this.repository = repository;
        this.book = book;
        this.sessions = sessions;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) throws SQLException {
        for (Map.Entry<String, String> file : TokenFiles.hashes(config.home()).entrySet()) {
            AccessToken token = token(file.getKey(), file.getKey(), file.getValue(), true, "file", Optional.empty());
            if (!repository.keepFromFile(token)) {
                LOG.warnf(
                        "The token in tokens/%s was revoked and stays so: write a new one into the file, then restart",
                        file.getKey());
            }
        }
        refresh();
        long millis = config.tokenRefresh().toMillis();
        // refreshQuietly catches what it throws, so nothing is hidden in the future.
        var _ = refreshing.scheduleWithFixedDelay(this::refreshQuietly, millis, millis, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        refreshing.shutdownNow();
    }

    private void refreshQuietly() {
        try {
            refresh();
        } catch (SQLException | RuntimeException e) {
            // The tokens known so far go on: without the database nothing can be read or written by them anyway.
            LOG.debugf("Tokens cannot be read again: %s", e.getMessage());
        }
    }

    synchronized void refresh() throws SQLException {
        book.replace(repository.active());
        sessions.ended(repository.endedSessions());
        Map<UUID, Instant> used = book.used();
        for (AccessToken token : book.all()) {
            Instant last = used.get(token.id());
            Instant written = token.lastUsedAt().orElse(Instant.EPOCH);
            if (last != null && last.isAfter(written.plus(USE_WRITTEN_EVERY))) {
                repository.used(token.id(), last);
            }
        }
    }

    /**
     * Makes a token.
     *
     * @param by name of the token that asks
     * @throws ProblemException when the name is taken
     */
    Made create(String name, String role, Optional<Duration> lasts, String by) throws SQLException {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        AccessToken token = token(name, role, Hashes.sha256Hex(text), false, by, lasts);
        if (!repository.insert(token)) {
            throw new ProblemException(
                    ProblemType.TOKEN_NAME_TAKEN,
                    "A token named " + name + " exists. Choose another name, or revoke that one first.");
        }
        refresh();
        LOG.infof("Token %s with the role %s was made by %s", name, role, by);
        return new Made(token, text);
    }

    private AccessToken token(
            String name, String role, String sha256, boolean fromFile, String by, Optional<Duration> lasts) {
        Instant now = clock.instant();
        return new AccessToken(
                UUID.randomUUID(),
                name,
                role,
                sha256,
                fromFile,
                now,
                by,
                Optional.empty(),
                lasts.map(now::plus),
                Optional.empty());
    }

    List<AccessToken> list() throws SQLException {
        return repository.all();
    }

    /** Ends a token and with it its sessions; false when no token that holds has the id. */
    boolean revoke(UUID id, String by) throws SQLException {
        boolean revoked = repository.revoke(id, clock.instant(), by);
        refresh();
        if (revoked) {
            LOG.infof("Token %s was revoked by %s", id, by);
        }
        return revoked;
    }
}
