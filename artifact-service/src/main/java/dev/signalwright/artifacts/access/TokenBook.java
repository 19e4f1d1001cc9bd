package dev.signalwright.artifacts.access;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens that hold, in memory: every request is looked up here and none costs a query. Replaced as a whole by
 * {@link AccessTokens}; while the database is away the last known tokens stay, so that reads fail with 503 and not with
 * 401. Safe for all threads.
 *
 * <p>Tokens are found by their hash. How long that takes may depend on the hash, which nobody can choose without
 * knowing the token; so it tells nothing.
 */
@Singleton
final class TokenBook {
    private record Page(Map<String, AccessToken> byHash, Map<UUID, AccessToken> byId) {}

    private final Clock clock;
    private final Map<UUID, Instant> used = new ConcurrentHashMap<>();
    private volatile Page page = new Page(Map.of(), Map.of());

    TokenBook(Clock clock) {
        this.clock = clock;
    }

    void replace(List<AccessToken> tokens) {
        Map<String, AccessToken> byHash = new HashMap<>();
        Map<UUID, AccessToken> byId = new HashMap<>();
        for (AccessToken token : tokens) {
            byHash.put(token.sha256(), token);
            byId.put(token.id(), token);
        }
        page = new Page(Map.copyOf(byHash), Map.copyOf(byId));
        used.keySet().retainAll(byId.keySet());
    }

    /** The token with this text, if it holds now. */
    Optional<AccessToken> find(String token) {
        return token.isEmpty() ? Optional.empty() : inUse(page.byHash().get(Hashes.sha256Hex(token)));
    }

    /** The token of a session, if it still holds. */
    Optional<AccessToken> find(UUID id) {
        return inUse(page.byId().get(id));
    }

    private Optional<AccessToken> inUse(@org.jspecify.annotations.Nullable AccessToken known) {
        Instant now = clock.instant();
        Optional<AccessToken> found = Optional.ofNullable(known).filter(token -> token.holdsAt(now));
        found.ifPresent(token -> used.put(token.id(), now));
        return found;
    }

    /** When each was last used, as far as this process saw it. */
    Map<UUID, Instant> used() {
        return Map.copyOf(used);
    }

    List<AccessToken> all() {
        return List.copyOf(page.byId().values());
    }
}
