package dev.signalwright.artifacts.change;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Appends to the table of changes, in the transaction of the caller. The store of new artifacts writes its own rows. */
@ApplicationScoped
public class Changes {
    private static final String INSERT = """
            insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                execution_id, detail)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb))""";

    private final DataSource database;

    Changes(DataSource database) {
        this.database = database;
    }

    /** @throws SQLException when the database does not take the rows: the caller's transaction must end without them */
    public void append(Instant at, List<Change> changes) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Change change : changes) {
                Object[] values = {
                    OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
                    change.kind().word(),
                    change.actor(),
                    change.artifactId(),
                    change.type(),
                    change.symbol(),
                    change.contentSha256(),
                    change.executionUuid(),
                    change.dagId(),
                    change.executionId(),
                    change.detail()
                };
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
