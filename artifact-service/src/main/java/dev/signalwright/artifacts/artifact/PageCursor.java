package dev.signalwright.artifacts.artifact;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The last row of a page in keyset order (time of storing, then id). Rows that arrive later move no page. Its text form is
 * opaque to clients.
 */
public record PageCursor(Instant createdAt, UUID id) {
    /** Longer texts are no cursors of ours. */
    private static final int LONGEST = 200;

    public String text() {
        String plain = createdAt + "|" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the text was not made by {@link #text()}. */
    public static Optional<PageCursor> ofText(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int bar = plain.indexOf('|');
            return bar < 0
                    ? Optional.empty()
                    : Optional.of(new PageCursor(
                            Instant.parse(plain.substring(0, bar)), UUID.fromString(plain.substring(bar + 1))));
        } catch (IllegalArgumentException | DateTimeException e) {
            // Not a fault of ours: the caller tells the client that its cursor is none.
            return Optional.empty();
        }
    }
}
