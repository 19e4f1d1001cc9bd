package dev.signalwright.artifacts.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token as the database knows it: everything but the token.
 *
 * @param name who asks; stands as the actor beside every change
 * @param sha256 lower-case hex of the token's hash
 * @param fromFile whether it lies in {@code tokens/} of the installation
 * @param createdBy name of the token that made it, or {@code file}
 * @param lastUsedAt about: at most five minutes old
 */
record AccessToken(
        UUID id,
        String name,
        String role,
        String sha256,
        boolean fromFile,
        Instant createdAt,
        String createdBy,
        Optional<Instant> lastUsedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt) {

    boolean holdsAt(Instant now) {
        return revokedAt.isEmpty()
                && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
