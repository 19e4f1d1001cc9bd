package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.ArtifactChanged;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Makes the rows of runs that are not there, notes the time, and locks the rows until the transaction ends; and tells the
 * table of changes of every row that is new or stands otherwise. Part of the hot write, so plain JDBC: one round trip for
 * any number of runs.
 */
@ApplicationScoped
class ExecutionTouch {
    private static final String TOUCH = """
            with before as (
                select state from execution where id = ?
            ), touched as (
                insert into execution (id, dag_id, run_id, state, degraded, created_at, last_at)
                values (?, ?, ?, case when ? then 'running' else 'unknown' end, false, ?, ?)
                on conflict (id) do update set
                    last_at = greatest(execution.last_at, excluded.last_at),
                    state = case when execution.state = 'unknown' then excluded.state else execution.state end
                returning id, dag_id, run_id, state, last_at, xmax = 0 as is_new
            )
            insert into change (at, kind, actor, execution_uuid, dag_id, execution_id, detail)
            select last_at, 'execution.changed', ?, id, dag_id, run_id,
                jsonb_build_object('state', touched.state, 'degraded', false)
            from touched left join before on true
            where is_new or before.state <> touched.state""";

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
        OffsetDateTime at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                PreparedStatement touch = connection.prepareStatement(TOUCH)) {
            for (ArtifactChanged run : runs) {
                touch.setObject(1, run.executionUuid());
                touch.setObject(2, run.executionUuid());
                touch.setString(3, run.dagId());
                touch.setString(4, run.runId());
                touch.setBoolean(5, run.keyed());
                touch.setObject(6, at);
                touch.setObject(7, at);
                touch.setString(8, actor);
                touch.addBatch();
            }
            touch.executeBatch();
        }
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
