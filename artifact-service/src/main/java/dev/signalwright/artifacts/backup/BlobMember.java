package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.BlobPart;
import dev.signalwright.artifacts.identity.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The bytes that do not lie in a table: the member {@code blobs.tar}, a file {@code ab/cd/<sha256>} for each, in the order
 * of their hashes. One is in memory at a time, and nothing grows with their number, as a zip's own directory would. Unpacked
 * by hand it is a folder as {@code ARTIFACT_BLOB_STORE} wants it. Not for several threads.
 */
final class BlobMember {
    static final String NAME = "blobs.tar";

    /** No request may be longer, so none was ever larger. */
    private static final int MOST_BYTES = 18 << 20;

    private static final int OWN_FILE = 0600;

    private final DigestOutputStream sum;
    private final TarArchiveOutputStream tar;
    private long count;
    private long bytes;

    /** @param out stays open */
    BlobMember(OutputStream out) {
        this.sum = new DigestOutputStream(out, RowSum.sha256());
        this.tar = new TarArchiveOutputStream(sum);
    }

    /** In ascending order of hashes. */
    void add(String sha256, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path(sha256));
        entry.setSize(content.length);
        entry.setMode(OWN_FILE);
        entry.setModTime(0);
        entry.setUserName("");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        count++;
        bytes += content.length;
    }

    /** Ends it and tells what was written. */
    BlobPart end() throws IOException {
        tar.finish();
        tar.flush();
        return new BlobPart(count, bytes, hex(sum.getMessageDigest()));
    }

    /** Is given each blob, whole and checked. */
    interface Taker {
        void take(String sha256, byte[] content) throws SQLException;
    }

    /**
     * Reads the member to its end and tells what was read.
     *
     * @throws BackupException that names the blob whose bytes do not have its hash
     */
    static BlobPart read(InputStream in, Taker taker) throws IOException, SQLException {
        MessageDigest whole = RowSum.sha256();
        DigestInputStream all = new DigestInputStream(in, whole);
        TarArchiveInputStream tar = new TarArchiveInputStream(all);
        String before = "";
        long count = 0;
        long bytes = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String sha256 = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
            if (!sha256.matches("[0-9a-f]{64}")
                    || !entry.getName().equals(path(sha256))
                    || !entry.isFile()
                    || entry.getSize() > MOST_BYTES
                    || before.compareTo(sha256) >= 0) {
                throw new IOException("there is something in it that no backup writes");
            }
            byte[] content = tar.readNBytes((int) entry.getSize());
            if (!Sha256.of(content).equals(sha256)) {
                throw new BackupException("The blob " + sha256 + " in the backup's " + NAME
                        + " is damaged: it is not what was written. Nothing was restored; use another backup.");
            }
            taker.take(sha256, content);
            before = sha256;
            count++;
            bytes += content.length;
        }
        all.transferTo(OutputStream.nullOutputStream());
        return new BlobPart(count, bytes, hex(whole));
    }

    private static String path(String sha256) {
        return sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
