package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.TablePart;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

/** Copies the whole database as it is at one instant, while others go on writing. */
final class Backup {
    private final DataSource database;
    private final String productVersion;

    Backup(DataSource database, String productVersion) {
        this.database = database;
        this.productVersion = productVersion;
    }

    /**
     * Writes the file beside its place first: under its name there is a whole backup or none. Only the owner can read it.
     *
     * @throws BackupException when the file exists already, or anything else keeps the copy from being whole
     */
    Manifest write(Path file) {
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new BackupException(file + " exists already and is left alone. Choose another name.");
        }
        try {
            Path unfinished = Files.createTempFile(
                    target.getParent(),
                    "." + target.getFileName(),
                    ".unfinished",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Manifest manifest = copy(unfinished);
                try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
                return manifest;
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new BackupException("The backup cannot be written to " + file + ": " + e.getMessage() + ".", e);
        } catch (SQLException e) {
            throw new BackupException("The database cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private Manifest copy(Path file) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setLevel(Deflater.BEST_SPEED);
            Tables tables = new Tables(connection);
            tables.settle();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            if (!tables.exists(Tables.HISTORY)) {
                throw new BackupException("This database holds nothing of ours yet: there is nothing to copy.");
            }
            List<TablePart> parts = new ArrayList<>();
            for (Map.Entry<String, List<String>> table : tables.inLoadingOrder().entrySet()) {
                zip.putNextEntry(new ZipEntry("tables/" + table.getKey() + ".copy"));
                parts.add(tables.copyOut(table.getKey(), table.getValue(), zip));
                zip.closeEntry();
            }
            Manifest manifest = manifest(tables, parts);
            connection.rollback();
            zip.putNextEntry(new ZipEntry(Manifest.MEMBER));
            zip.write(manifest.toJson());
            zip.closeEntry();
            return manifest;
        }
    }

    private Manifest manifest(Tables tables, List<TablePart> parts) throws SQLException {
        return new Manifest(
                productVersion,
                tables.text("select version from " + Tables.HISTORY + " where success and version is not null"
                        + " order by installed_rank desc limit 1"),
                tables.text("select to_char(now(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
                tables.text("show server_version"),
                tables.number("select count(*) from blob where content is null"),
                List.copyOf(parts));
    }
}
