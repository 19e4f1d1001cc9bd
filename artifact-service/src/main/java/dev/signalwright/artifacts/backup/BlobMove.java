package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.Lost;
import dev.signalwright.artifacts.blob.BlobPlace;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Brings the restored blobs to the place that the target's settings name, whatever place they came from. Bytes are there
 * before their rows commit; when the rows do not, they are orphans and the service collects them. One connection, one thread.
 */
final class BlobMove {
    private final Connection connection;
    private final Tables tables;
    private final BlobPlace place;

    BlobMove(Connection connection, BlobPlace place) {
        this.connection = connection;
        this.tables = new Tables(connection);
        this.place = place;
    }

    /** Within the transaction that loaded the rows. */
    void all(BackupFile backup, Manifest manifest) throws SQLException, IOException {
        if (!tables.has("blob", "kept_in")) {
            return; // of before there was another place than the rows
        }
        long gone = manifest.lost().stream().filter(lost -> !lost.isCopied()).count();
        if (tables.number("select count(*) from blob where content is null")
                != manifest.blobs().count() + gone) {
            throw new BackupException(
                    "The backup does not hold the bytes of all of its blobs; nothing was restored. Use another backup.");
        }
        if (place.isOutside()) {
            moveRowsOut(manifest);
        }
        try (InputStream in = backup.openBlobs();
                PreparedStatement row = connection.prepareStatement(
                        "update blob set content = ?, kept_in = ? where sha256 = ? and content is null")) {
            BlobMember.read(in, (sha256, content) -> {
                if (place.isOutside()) {
                    place.put(sha256, content);
                }
                row.setBytes(1, place.isOutside() ? null : content);
                row.setString(2, place.name());
                row.setString(3, sha256);
                if (row.executeUpdate() != 1) {
                    throw new BackupException("The backup holds the blob " + sha256
                            + ", which none of its rows names; nothing was restored. Use another backup.");
                }
            });
        }
    }

    /** Those that lay in the database. Altered ones stay there: a bucket would refuse them. */
    private void moveRowsOut(Manifest manifest) throws SQLException, IOException {
        try (PreparedStatement row =
                connection.prepareStatement("update blob set content = null, kept_in = ? where sha256 = ?")) {
            row.setString(1, place.name());
            tables.each("select sha256, content from blob where content is not null order by sha256", 1, found -> {
                String sha256 = found.getString(1);
                if (!manifest.lost().contains(Lost.altered("blob", sha256))) {
                    place.put(sha256, found.getBytes(2));
                    row.setString(2, sha256);
                    row.executeUpdate();
                }
            });
        }
    }
}
