package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.BlobPart;
import dev.signalwright.artifacts.backup.Manifest.Lost;
import dev.signalwright.artifacts.backup.Manifest.TablePart;
import dev.signalwright.artifacts.blob.BlobPlace;
import dev.signalwright.artifacts.identity.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

/** Copies the whole store, rows and blobs, as it is at one instant, while others go on writing. */
final class Backup {
    private static final int ROWS_AT_ONCE = 1_000;

    private final DataSource database;
    private final BlobPlace place;
    private final String productVersion;

    /** @param place where blobs lie that are not in the database */
    Backup(DataSource database, BlobPlace place, String productVersion) {
        this.database = database;
        this.place = place;
        this.productVersion = productVersion;
    }

    /**
     * Writes the file beside its place first: under its name there is a whole backup or none. Only the owner can read it.
     *
     * @param despiteLosses what was lost or altered before is listed instead of ending the backup
     * @throws BackupException when the file exists already, or anything else keeps the copy from being whole
     */
    Manifest write(Path file, boolean despiteLosses) {
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
                Manifest manifest = copy(unfinished, new Losses(despiteLosses));
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

    private Manifest copy(Path file, Losses losses) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setLevel(Deflater.BEST_SPEED);
            Tables tables = new Tables(connection);
            tables.settle();
            BlobPlace.holdCollection(connection); // before the snapshot: what it names must not go meanwhile
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            if (!tables.exists(Tables.HISTORY)) {
                throw new BackupException("This database holds nothing of ours yet: there is nothing to copy.");
            }
            losses.addAltered(tables);
            List<TablePart> parts = new ArrayList<>();
            for (Map.Entry<String, List<String>> table : tables.inLoadingOrder().entrySet()) {
                zip.putNextEntry(new ZipEntry("tables/" + table.getKey() + ".copy"));
                parts.add(tables.copyOut(table.getKey(), table.getValue(), zip));
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(BlobMember.NAME));
            BlobPart blobs = copyBlobs(tables, losses, zip);
            zip.closeEntry();
            Manifest manifest = manifest(tables, blobs, losses.all(), parts);
            connection.rollback();
            zip.putNextEntry(new ZipEntry(Manifest.MEMBER));
            zip.write(manifest.toJson());
            zip.closeEntry();
            return manifest;
        }
    }

    private BlobPart copyBlobs(Tables tables, Losses losses, OutputStream out) throws SQLException, IOException {
        BlobMember member = new BlobMember(out);
        if (tables.has("blob", "kept_in")) {
            tables.each("select sha256 from blob where content is null order by sha256", ROWS_AT_ONCE, row -> {
                String sha256 = row.getString(1);
                Optional<byte[]> content = place.get(sha256);
                if (content.isEmpty()) {
                    losses.add(Lost.missing(sha256));
                } else if (!Sha256.of(content.get()).equals(sha256)) {
                    losses.add(Lost.alteredOutside(sha256));
                } else {
                    member.add(sha256, content.get());
                }
            });
        }
        return member.end();
    }

    private Manifest manifest(Tables tables, BlobPart blobs, List<Lost> lost, List<TablePart> parts)
            throws SQLException {
        return new Manifest(
                productVersion,
                tables.text("select version from " + Tables.HISTORY + " where success and version is not null"
                        + " order by installed_rank desc limit 1"),
                tables.text("select to_char(now(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
                tables.text("show server_version"),
                blobs,
                lost,
                List.copyOf(parts));
    }
}
