package dev.signalwright.artifacts.platform;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGStatement;

/**
 * Look-ups in tables that grow fast. A statement that is prepared at the server keeps the plan that was made when the table
 * was nearly empty, and reads the whole of it for each look-up until the next analyze: seen at every commit of a new store.
 */
public final class FreshPlan {
    private FreshPlan() {}

    /** Has the statement planned at each execution; a tenth of a millisecond each. */
    public static void ask(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
}
