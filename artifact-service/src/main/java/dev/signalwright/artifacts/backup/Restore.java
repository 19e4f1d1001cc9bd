package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.Lost;
import dev.signalwright.artifacts.backup.Manifest.TablePart;
import dev.signalwright.artifacts.blob.BlobPlace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Loads a backup into an empty database: first the whole file is checked. Then, in one transaction, the schema is made as it
 * was when the backup was written, all rows are loaded and compared, and the blobs go where they shall lie: a restore that
 * fails or is killed leaves the database as empty as it was. The service's next start brings the schema up to date.
 */
final class Restore {
    private final DataSource database;
    private final BlobPlace place;

    /** @param place where the blobs go */
    Restore(DataSource database, BlobPlace place) {
        this.database = database;
        this.place = place;
    }

    /**
     * @return what was restored
     * @throws BackupException when the file is damaged, the database is not empty, or what arrived is not what was sent
     */
    Manifest from(Path file) {
        try (BackupFile backup = new BackupFile(file)) {
            Manifest manifest = backup.verified();
            try (Connection connection = database.getConnection()) {
                Tables tables = new Tables(connection);
                refuseUnlessEmpty(tables);
                tables.settle();
                connection.setAutoCommit(false);
                makeSchema(connection, manifest.schemaVersion());
                load(tables, backup, manifest);
                refuseAlteredContent(tables, manifest);
                new BlobMove(connection, place).all(backup, manifest);
                rebuildCatalogue(tables);
                connection.commit();
            }
            return manifest;
        } catch (SQLException e) {
            throw new BackupException(
                    "The database did not take the backup, nothing was loaded: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new BackupException(
                    "The backup cannot be read to its end, nothing was loaded: " + e.getMessage() + ".", e);
        }
    }

    private static void refuseUnlessEmpty(Tables tables) throws SQLException {
        if (!tables.inLoadingOrder().isEmpty() || tables.exists(Tables.HISTORY)) {
            throw new BackupException("A backup is restored into an empty database only, and this one has tables."
                    + " Move the folder postgres out of SIGNALWRIGHT_HOME, or create another database and name it in"
                    + " ARTIFACT_DB_URL.");
        }
    }

    private static void makeSchema(Connection connection, String version) {
        try {
            FluentConfiguration steps = Flyway.configure(Restore.class.getClassLoader())
                    .dataSource(SingleConnection.of(connection))
                    .locations("classpath:db/migration");
            boolean known = Arrays.stream(steps.load().info().all())
                    .anyMatch(step -> version.equals(String.valueOf(step.getVersion())));
            if (!known) {
                throw new BackupException("The backup was made by a newer version: its schema has the version "
                        + version + ", which this one does not know. Restore it with that version.");
            }
            steps.target(MigrationVersion.fromVersion(version)).load().migrate();
        } catch (FlywayException e) {
            throw new BackupException("The schema cannot be made, nothing was loaded: " + e.getMessage(), e);
        }
    }

    private static void load(Tables tables, BackupFile backup, Manifest manifest) throws SQLException, IOException {
        for (TablePart table : manifest.tables()) {
            if (tables.number("select count(*) from " + table.name()) > 0) {
                tables.run("delete from " + table.name()); // first rows that a migration wrote
            }
            try (InputStream in = backup.open(table)) {
                tables.copyIn(table, in);
            }
            tables.continueSequences(table);
        }
        for (TablePart table : manifest.tables()) {
            TablePart arrived = tables.copyOut(table.name(), table.columns(), OutputStream.nullOutputStream());
            if (arrived.rows() != table.rows() || !arrived.rowsSum().equals(table.rowsSum())) {
                throw new BackupException("The table " + table.name()
                        + " did not arrive as it was sent; nothing was restored. This is a bug or a broken disk.");
            }
        }
    }

    /** What the hashes in the rows themselves say, unless the manifest says it too. */
    private static void refuseAlteredContent(Tables tables, Manifest manifest) throws SQLException, IOException {
        for (Lost altered : Losses.altered(tables)) {
            if (!manifest.lost().contains(altered)) {
                throw new BackupException(
                        "The " + altered.what() + " " + altered.name() + " in the backup is not what its"
                                + " hash says, and the manifest does not know of it: it was altered. Nothing was restored; use an"
                                + " earlier backup.");
            }
        }
    }

    /** Derived tables are not in the file: the statements are those of the migration that made them. */
    private static void rebuildCatalogue(Tables tables) throws SQLException {
        if (!tables.exists("catalog_entry")) {
            return;
        }
        tables.run("""
                insert into catalog_entry (artifact_id, created_at, type, origin, json_bytes, blob_bytes, words)
                select id, created_at, type, origin, canonical_size, case when blob_sha256 is null then 0 else blob_size end,
                       catalog_words(name, symbol, signal_data ->> 'reasoning', prompt)
                from artifact where deleted_at is null;
                insert into catalog_tally (type, origin, artifacts, json_bytes, blob_bytes)
                select type, origin, count(*), sum(json_bytes), sum(blob_bytes) from catalog_entry group by type, origin;
                update catalog_position set txid = '0', seq = (select coalesce(max(seq), 0) from change)""");
    }
}
