package dev.signalwright.worker.spool;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record's file name: execution id, sequence (15 digits), the writing process's random mark (8 hex digits),
 * {@code .rec}. Only lower-case letters, digits, dashes and dots, so a name can never lead out of its folder. Sorted by
 * name, the records of one run stand in the order in which they were handed over.
 *
 * @param executionId the run
 * @param sequence rises within the run: the clock's milliseconds, or one more than the highest waiting record when the
 *     clock stands behind it
 * @param writer tells apart what two processes wrote at the same sequence
 */
public record RecordName(UUID executionId, long sequence, String writer) implements Comparable<RecordName> {
    static final String SUFFIX = ".rec";
    private static final Pattern SHAPE = Pattern.compile(
            "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-([0-9]{15})-([0-9a-f]{8})\\.rec");

    static Optional<RecordName> parse(String fileName) {
        Matcher matcher = SHAPE.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new RecordName(
                        UUID.fromString(matcher.group(1)), Long.parseLong(matcher.group(2)), matcher.group(3)))
                : Optional.empty();
    }

    String fileName() {
        return "%s-%015d-%s%s".formatted(executionId, sequence, writer, SUFFIX);
    }

    @Override
    public int compareTo(RecordName other) {
        return fileName().compareTo(other.fileName());
    }

    @Override
    public String toString() {
        return fileName();
    }
}
