package dev.signalwright.artifacts.problem;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, full, read-only or too slow from a mistake in a query. */
final class DatabaseTrouble {
    /** PostgreSQL's classes: connection, rollback for concurrency, resources, operator intervention, system. */
    private static final Set<String> AWAY = Set.of("08", "40", "53", "57", "58");

    /** Lock not available; read-only transaction (a standby, or a disk turned read-only). */
    private static final Set<String> AWAY_EXACTLY = Set.of("55P03", "25006");

    private static final int DEEPEST = 20;

    private DatabaseTrouble() {}

    static boolean isBehind(Throwable thrown) {
        boolean sql = false;
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            if (current instanceof SQLException failure) {
                sql = true;
                if (says(failure.getSQLState(), failure.getMessage())) {
                    return true;
                }
            }
            if (sql && current instanceof IOException) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    private static boolean says(@Nullable String state, @Nullable String message) {
        if (state == null) {
            // The pool's own exceptions carry no state: no connection in time, pool closed.
            return message == null || message.contains("cquisition") || message.contains("onnection");
        }
        return AWAY_EXACTLY.contains(state) || (state.length() == 5 && AWAY.contains(state.substring(0, 2)));
    }
}
