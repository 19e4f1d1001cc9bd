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
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of people: {@code base64url(role.expiry.generation.id).base64url(HMAC-SHA256)}, signed with the key in
 * {@code $SIGNALWRIGHT_HOME/session.key} so that they survive a restart and hold on every replica that has the key. A
 * session ends at its expiry, at logout (remembered by this process until the expiry) or when its role's token changes.
 * Safe for all threads.
 */
@Singleton
final class Sessions {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 512;

    private final AccessTokens tokens;
    private final AccessConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] key;
    private final Map<String, Instant> loggedOut = new ConcurrentHashMap<>();

    Sessions(AccessTokens tokens, AccessConfig config, Clock clock) {
        this.tokens = tokens;
        this.config = config;
        this.clock = clock;
        this.key = Hashes.sha256(PrivateFile.readOrCreate(config.home().resolve("session.key"), randomHex()));
    }

    /** A new session for the role, as the cookie's value. */
    String open(String role) {
        long expiry = clock.instant().plus(config.sessionLasts()).getEpochSecond();
        String claims = role + "." + expiry + "." + tokens.generation(role) + "." + randomHex();
        return ENCODER.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "."
                + ENCODER.encodeToString(Hashes.hmacSha256(key, claims));
    }

    /** The role of a session that is ours and still holds; empty for anything else, without saying why. */
    Optional<String> roleOf(String cookie) {
        return claims(cookie)
                .filter(claims -> clock.instant().isBefore(claims.expiry()))
                .filter(claims -> tokens.generation(claims.role()).equals(claims.generation()))
                .filter(claims -> !loggedOut.containsKey(claims.id()))
                .map(Claims::role);
    }

    /** Ends a session; what is not a session of ours is ignored. */
    void close(String cookie) {
        Instant now = clock.instant();
        loggedOut.values().removeIf(expiry -> expiry.isBefore(now));
        claims(cookie).ifPresent(claims -> loggedOut.put(claims.id(), claims.expiry()));
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
            return Optional.of(
                    new Claims(parts[0], Instant.ofEpochSecond(Long.parseLong(parts[1])), parts[2], parts[3]));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private String randomHex() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private record Claims(String role, Instant expiry, String generation, String id) {}
}
