package dev.signalwright.artifacts.access;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of people: {@code base64url(token id.expiry.id).base64url(HMAC-SHA256)}, signed with the key in
 * {@code $SIGNALWRIGHT_HOME/session.key} so that they survive a restart and hold on every replica that has the key. A
 * session ends at its expiry, at logout, and when its token is revoked, replaced or expires. Safe for all threads.
 */
@Singleton
final class Sessions {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 512;

    private final TokenBook tokens;
    private final AccessConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] key;
    private final Map<String, Instant> loggedOut = new ConcurrentHashMap<>();

    /** An ended session: what others have to know to refuse it too. */
    record Ended(String id, Instant expiry) {}

    Sessions(TokenBook tokens, AccessConfig config, Clock clock) {
        this.tokens = tokens;
        this.config = config;
        this.clock = clock;
        this.key = Hashes.sha256(PrivateFile.readOrCreate(config.home().resolve("session.key"), randomHex()));
    }

    /** A new session for the token, as the cookie's value; never one that the browser brought along. */
    String open(AccessToken token) {
        long expiry = clock.instant().plus(config.sessionLasts()).getEpochSecond();
        String claims = token.id() + "." + expiry + "." + randomHex();
        return ENCODER.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "."
                + ENCODER.encodeToString(Hashes.hmacSha256(key, claims));
    }

    /** The token of a session that is ours and still holds; empty for anything else, without saying why. */
    Optional<AccessToken> tokenOf(String cookie) {
        return claims(cookie)
                .filter(claims -> clock.instant().isBefore(claims.expiry()))
                .filter(claims -> !loggedOut.containsKey(claims.id()))
                .flatMap(claims -> tokens.find(claims.token()));
    }

    /** Ends a session; what is not a session of ours is ignored. */
    Optional<Ended> close(String cookie) {
        Optional<Ended> ended = claims(cookie).map(claims -> new Ended(claims.id(), claims.expiry()));
        ended.ifPresent(session -> loggedOut.put(session.id(), session.expiry()));
        return ended;
    }

    /** Takes over what other replicas ended, and forgets what ended by itself. */
    void ended(Map<String, Instant> elsewhere) {
        Instant now = clock.instant();
        loggedOut.putAll(elsewhere);
        loggedOut.values().removeIf(expiry -> expiry.isBefore(now));
    }

    private Optional<Claims> claims(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 0 || cookie.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cookie.substring(0, dot)), StandardCharsets.UTF_8);
            byte[] signature = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, Hashes.hmacSha256(key, text))) {
                return Optional.empty();
            }
            String[] parts = text.split("\\.", -1);
            if (parts.length != 3) {
                return Optional.empty(); // signed by an earlier version, which wrote other claims
            }
            return Optional.of(
                    new Claims(UUID.fromString(parts[0]), Instant.ofEpochSecond(Long.parseLong(parts[1])), parts[2]));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private String randomHex() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private record Claims(UUID token, Instant expiry, String id) {}
}
