package dev.signalwright.artifacts.artifact;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The last row of a page in keyset order (what the list is sorted by, then id). Rows that arrive later move no page. Its
 * text form is opaque to clients.
 *
 * @param sort what the list was sorted by
 * @param value the row's value of it, as text
 * @param id the row's id
 */
public record PageCursor(String sort, String value, UUID id) {
    /** Longer texts are no cursors of ours: a name has at most 500 characters. */
    private static final int LONGEST = 4_000;

    /** A row in a list sorted by time of storing. */
    public PageCursor(Instant createdAt, UUID id) {
        this(ArtifactSort.CREATED_AT.word(), createdAt.toString(), id);
    }

    /** @throws DateTimeException when the list was not sorted by time */
    public Instant createdAt() {
        return Instant.parse(value);
    }

    public String text() {
        String plain = sort + "|" + value + "|" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor of a list that is sorted by time of storing; empty when the text was not made by {@link #text()}. */
    public static Optional<PageCursor> ofText(String text) {
        return ofText(text, ArtifactSort.CREATED_AT);
    }

    /** Empty when the text was not made by {@link #text()} for a list of that order. */
    static Optional<PageCursor> ofText(String text, ArtifactSort sort) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int first = plain.indexOf('|');
            int last = plain.lastIndexOf('|');
            if (last <= first || !plain.substring(0, first).equals(sort.word())) {
                return Optional.empty();
            }
            PageCursor cursor = new PageCursor(
                    sort.word(), plain.substring(first + 1, last), UUID.fromString(plain.substring(last + 1)));
            return cursor.isUsable(sort) ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            // Not a fault of ours: the caller tells the client that its cursor is none.
            return Optional.empty();
        }
    }

    private boolean isUsable(ArtifactSort order) {
        return switch (order) {
            case CREATED_AT, UPDATED_AT -> Instant.parse(value).getEpochSecond() > 0;
            case CONFIDENCE -> Double.isFinite(Double.parseDouble(value));
            case TYPE, NAME, SYMBOL -> value.indexOf('\0') < 0;
        };
    }
}
