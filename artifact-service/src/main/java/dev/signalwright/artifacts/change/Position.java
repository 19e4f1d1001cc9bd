package dev.signalwright.artifacts.change;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of changes. Its text form {@code txid-seq} is the id of an event.
 *
 * @param txid PostgreSQL's 64-bit transaction id
 * @param seq the change's number
 */
public record Position(long txid, long seq) implements Comparable<Position> {
    /** Before the first change. */
    public static final Position START = new Position(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::txid).thenComparingLong(Position::seq);

    /** Empty when the text was not made by {@link #text()}. */
    public static Optional<Position> ofText(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Position(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    public String text() {
        return txid + "-" + seq;
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
