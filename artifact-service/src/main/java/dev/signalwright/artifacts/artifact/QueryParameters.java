package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A list's query parameters, read strictly: a misspelt filter must not quietly return everything. */
public final class QueryParameters {
    private final MultivaluedMap<String, String> sent;

    private QueryParameters(MultivaluedMap<String, String> sent) {
        this.sent = sent;
    }

    /** @throws ProblemException when one of them is not known */
    public static QueryParameters of(MultivaluedMap<String, String> sent, Set<String> known) {
        for (String name : new TreeSet<>(sent.keySet())) {
            if (!known.contains(name)) {
                throw refused(
                        name, "is no parameter of this list; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new QueryParameters(sent);
    }

    /** Empty when it was not sent or is blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(sent.getFirst(name)).filter(text -> !text.isBlank());
    }

    /** A time with zone. */
    public Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                // A plus sign that was not encoded arrives as a space.
                return ArtifactRules.instant(text.replace(' ', '+'));
            } catch (DateTimeException e) {
                throw refused(name, "must be a time with zone, for example 2012-09-20T13:00:00Z");
            }
        });
    }

    /** A whole number within bounds, both inclusive. */
    public Optional<Integer> number(String name, int smallest, int largest) {
        return text(name).map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= smallest && number <= largest) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // The sentence below says it.
            }
            throw refused(name, "must be a whole number from " + smallest + " to " + largest);
        });
    }

    /** A {@code next_cursor} of an earlier answer. */
    public Optional<PageCursor> cursor(String name) {
        return text(name)
                .map(text -> PageCursor.ofText(text)
                        .orElseThrow(() -> refused(name, "is no next_cursor that this service gave")));
    }

    /** The refusal of one parameter. */
    public static ProblemException refused(String name, String rule) {
        return ProblemException.ofField(ProblemType.MALFORMED_REQUEST, name, rule);
    }
}
