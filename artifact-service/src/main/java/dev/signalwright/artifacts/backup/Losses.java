package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.Lost;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a store has lost before it is copied. Not for several threads. */
final class Losses {
    /** With more of them a store wants to be mended first, or its settings do. */
    private static final int MOST = 1_000;

    private final boolean accepted;
    private final List<Lost> found = new ArrayList<>();

    /** @param accepted false: the first one ends the backup */
    Losses(boolean accepted) {
        this.accepted = accepted;
    }

    void add(Lost lost) {
        if (!accepted) {
            throw new BackupException("The " + lost.what() + " " + lost.name() + " " + lost.fate()
                    + ", so this backup would not be whole and is not made. ./signalwright verify names everything that is"
                    + " broken; sending the same bytes again, or copying them from an earlier backup, mends a blob. To save"
                    + " all the rest now: backup --despite-losses.");
        }
        found.add(lost);
        if (found.size() > MOST) {
            throw new BackupException(
                    "More than " + MOST + " blobs or artifacts are lost, the first is the " + lost.what()
                            + " " + found.getFirst().name()
                            + ": no backup is made. Does ARTIFACT_BLOB_STORE name the place where they"
                            + " lie?");
        }
    }

    /** What the hashes in the rows themselves say. */
    void addAltered(Tables tables) throws SQLException, IOException {
        altered(tables).forEach(this::add);
    }

    List<Lost> all() {
        return List.copyOf(found);
    }

    /** Rows whose content does not have the hash beside it, blobs first; not more than are needed to refuse. */
    static List<Lost> altered(Tables tables) throws SQLException, IOException {
        List<Lost> altered = new ArrayList<>();
        tables.each(
                "select sha256 from blob where content is not null and encode(sha256(content), 'hex') <> sha256"
                        + " order by sha256 limit " + (MOST + 1),
                MOST,
                row -> altered.add(Lost.altered("blob", row.getString(1))));
        tables.each(
                "select id from artifact where canonical is not null and encode(sha256(canonical), 'hex') <> content_sha256"
                        + " order by id limit " + (MOST + 1),
                MOST,
                row -> altered.add(Lost.altered("artifact", row.getString(1))));
        return altered;
    }
}
