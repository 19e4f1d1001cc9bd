package dev.signalwright.artifacts.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Rows of the table change, written by hand so that a test decides in which transaction and order they appear. */
public final class ChangeRows {
    private ChangeRows() {}

    public static void created(DataSource database, String artifactId) throws SQLException {
        one(database, "artifact.created", artifactId);
    }

    public static void deleted(DataSource database, String artifactId) throws SQLException {
        one(database, "artifact.deleted", artifactId);
    }

    private static void one(DataSource database, String kind, String artifactId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            add(connection, kind, artifactId, "dag", "run");
        }
    }

    /** Adds a row in the transaction of that connection. */
    public static void add(Connection connection, String kind, String artifactId, String dagId, String runId)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into change (at, kind, actor, artifact_id, type, symbol, execution_uuid, dag_id, execution_id)
                values (now(), ?, 'test', cast(? as uuid), 'llm', 'AAPL', md5(?)::uuid, ?, ?)""")) {
            insert.setString(1, kind);
            insert.setString(2, artifactId);
            insert.setString(3, dagId + "/" + runId);
            insert.setString(4, dagId);
            insert.setString(5, runId);
            insert.executeUpdate();
        }
    }

    /** Adds so many changes of a run in one transaction, each with a detail of so many characters. */
    public static void addMany(DataSource database, String dagId, int count, int detail) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                insert into change (at, kind, actor, execution_uuid, dag_id, execution_id, detail)
                select now(), 'execution.changed', 'test', md5(?)::uuid, ?, 'run ' || n,
                    jsonb_build_object('reason', repeat('x', ?))
                from generate_series(1, ?) n""")) {
            insert.setString(1, dagId);
            insert.setString(2, dagId);
            insert.setInt(3, detail);
            insert.setInt(4, count);
            insert.executeUpdate();
        }
    }
}
