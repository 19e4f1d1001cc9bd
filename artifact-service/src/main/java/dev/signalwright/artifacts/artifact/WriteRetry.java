package dev.signalwright.artifacts.artifact;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Starts a write again when another one got in its way, or when the connection broke before the commit was confirmed: the
 * key makes the second attempt find what the first one stored. Does not wait: what it retries is over when it is reported.
 */
final class WriteRetry {
    private static final int MOST_ATTEMPTS = 4;

    /** After this much time a broken connection is the client's to retry: it must hear of it within five seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Unique and foreign key violation (a race for a key or a blob), serialisation failure, deadlock. */
    private static final Set<String> RACES = Set.of("23505", "23503", "40001", "40P01");

    /** Connection, resources, operator (a statement's time was up), system; a lock not given; read-only. */
    private static final Set<String> SLOW = Set.of("08", "53", "57", "58", "55P03", "25006");

    private final Clock clock;

    WriteRetry(Clock clock) {
        this.clock = clock;
    }

    <T> T call(Supplier<T> write) {
        Instant end = clock.instant().plus(PATIENCE);
        for (int attempt = 1; ; attempt++) {
            try {
                return write.get();
            } catch (RuntimeException failure) {
                boolean again = failure instanceof ArtifactWriter.LostRace
                        || sqlState(failure)
                                .filter(state -> RACES.contains(state)
                                        || (state.startsWith("08")
                                                && clock.instant().isBefore(end)))
                                .isPresent();
                if (!again || attempt == MOST_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** The database took its time to fail, or is not there: every further attempt would take as long. */
    static boolean isSlow(Throwable failure) {
        return sqlState(failure)
                .map(state -> SLOW.stream().anyMatch(state::startsWith))
                .orElseGet(() -> hasSqlException(failure));
    }

    /** True when the database gave that state as its reason. */
    static boolean isBroken(Throwable failure, String state) {
        return sqlState(failure).filter(state::equals).isPresent();
    }

    private static boolean hasSqlException(Throwable thrown) {
        return Stream.iterate(thrown, current -> current != null, Throwable::getCause)
                .anyMatch(SQLException.class::isInstance);
    }

    private static Optional<String> sqlState(Throwable thrown) {
        for (Throwable current = thrown; current != null; current = current.getCause()) {
            if (current instanceof SQLException failure && failure.getSQLState() != null) {
                return Optional.of(failure.getSQLState());
            }
        }
        return Optional.empty();
    }
}
