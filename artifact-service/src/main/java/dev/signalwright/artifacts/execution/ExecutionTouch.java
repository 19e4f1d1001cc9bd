package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.ArtifactChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Makes the rows of runs that are not there, and locks the rows of all until the transaction ends; and tells the table of
 * changes of every row that is new or stands otherwise. Part of the hot write, so plain JDBC: one round trip for any number
 * of runs.
 */
@ApplicationScoped
class ExecutionTouch {
    /** Parts of a {@code with} clause; the places are filled by {@link #bind}. */
    static final String WITH = """
            named_run as (
                select * from unnest(?, ?, ?, ?) with ordinality as run (id, dag_id, run_id, keyed, position)
            ), touched_run as (
                insert into execution (id, dag_id, run_id, state, degraded, created_at)
                select id, dag_id, run_id, case when keyed then 'running' else 'unknown' end, false, ?
                from named_run order by position
                on conflict (id) do update set state = excluded.state
                    where execution.state = 'unknown' and excluded.state = 'running'
                returning id, dag_id, run_id, state
            ), told_run as (
                insert into change (at, kind, actor, execution_uuid, dag_id, execution_id, detail)
                select ?, 'execution.changed', ?, id, dag_id, run_id, jsonb_build_object('state', state, 'degraded', false)
                from touched_run
            )""";

    private static final String TELL = """
            insert into change (at, kind, actor, execution_uuid, dag_id, execution_id, detail)
            select ?, 'execution.changed', ?, id, dag_id, run_id,
                jsonb_build_object('state', state, 'degraded', degraded, 'reason', nullif(reason, ''))
            from execution where id = ?""";

    private final DataSource database;

    ExecutionTouch(DataSource database) {
        this.database = database;
    }

    /** @param runs one of each, in the order in which their rows are to be locked */
    void touch(Collection<ArtifactChanged> runs, String actor, Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement touch = connection.prepareStatement("with " + WITH + " select 1")) {
            bind(touch, 1, runs, actor, now);
            touch.execute();
        }
    }

    /**
     * Fills the places of {@link #WITH}.
     *
     * @param place of the first one
     * @return the place behind the last one
     */
    static int bind(PreparedStatement statement, int place, Collection<ArtifactChanged> runs, String actor, Instant now)
            throws SQLException {
        Connection connection = statement.getConnection();
        UUID[] ids = runs.stream().map(ArtifactChanged::executionUuid).toArray(UUID[]::new);
        Boolean[] keyed = runs.stream().map(ArtifactChanged::keyed).toArray(Boolean[]::new);
        OffsetDateTime at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        int next = place;
        statement.setArray(next++, connection.createArrayOf("uuid", ids));
        statement.setArray(next++, texts(connection, runs, ArtifactChanged::dagId));
        statement.setArray(next++, texts(connection, runs, ArtifactChanged::runId));
        statement.setArray(next++, connection.createArrayOf("bool", keyed));
        statement.setObject(next++, at);
        statement.setObject(next++, at);
        statement.setString(next++, actor);
        return next;
    }

    private static Array texts(
            Connection connection, Collection<ArtifactChanged> runs, Function<ArtifactChanged, String> text)
            throws SQLException {
        return connection.createArrayOf("text", runs.stream().map(text).toArray(String[]::new));
    }

    /** How the run stands now. */
    void tell(UUID run, String actor, Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement tell = connection.prepareStatement(TELL)) {
            tell.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
            tell.setString(2, actor);
            tell.setObject(3, run);
            tell.executeUpdate();
        }
    }
}
