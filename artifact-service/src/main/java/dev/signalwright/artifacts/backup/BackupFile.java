package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.backup.Manifest.TablePart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A backup that is read. Members are read from the file each time: none is ever whole in memory. */
final class BackupFile implements AutoCloseable {
    /** A manifest of hundreds of tables is far smaller. */
    private static final int LARGEST_MANIFEST = 4 << 20;

    private final ZipFile zip;
    private final Path path;

    BackupFile(Path path) {
        this.path = path;
        try {
            this.zip = new ZipFile(path.toFile());
        } catch (IOException e) {
            throw new BackupException(
                    path + " is no whole backup: " + e.getMessage() + ". It may be cut off; use another one.", e);
        }
    }

    /**
     * Reads every byte and compares it with the manifest.
     *
     * @throws BackupException that names the first member which is not as it was written
     */
    Manifest verified() {
        Manifest manifest = Manifest.read(manifestBytes());
        Set<String> expected =
                manifest.tables().stream().map(TablePart::member).collect(Collectors.toCollection(TreeSet::new));
        expected.add(Manifest.MEMBER);
        expected.add(BlobMember.NAME);
        Set<String> found = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        if (!expected.equals(found)) {
            throw new BackupException("The members of " + path + " are not those of its manifest: it names " + expected
                    + ", there are " + found + ". Use another backup.");
        }
        for (TablePart table : manifest.tables()) {
            RowSum sum = new RowSum(OutputStream.nullOutputStream());
            try (InputStream in = open(table)) {
                in.transferTo(sum);
            } catch (IOException e) {
                throw damaged(table.member(), e);
            }
            if (!sum.sha256Hex().equals(table.sha256())
                    || sum.rows() != table.rows()
                    || sum.bytes() != table.bytes()
                    || !sum.rowsSum().equals(table.rowsSum())) {
                throw damaged(table.member(), null);
            }
        }
        verifyBlobs(manifest);
        return manifest;
    }

    private void verifyBlobs(Manifest manifest) {
        try (InputStream in = openBlobs()) {
            if (!BlobMember.read(in, (sha256, content) -> {}).equals(manifest.blobs())) {
                throw damaged(BlobMember.NAME, null);
            }
        } catch (IOException | SQLException e) {
            throw damaged(BlobMember.NAME, e);
        }
    }

    private byte[] manifestBytes() {
        ZipEntry entry = zip.getEntry(Manifest.MEMBER);
        if (entry == null) {
            throw new BackupException(path + " is no backup: it has no " + Manifest.MEMBER + ".");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST_MANIFEST);
            if (in.read() >= 0) {
                throw damaged(Manifest.MEMBER, null);
            }
            return bytes;
        } catch (IOException e) {
            throw damaged(Manifest.MEMBER, e);
        }
    }

    InputStream open(TablePart table) throws IOException {
        return open(table.member());
    }

    InputStream openBlobs() throws IOException {
        return open(BlobMember.NAME);
    }

    private InputStream open(String member) throws IOException {
        ZipEntry entry = zip.getEntry(member);
        if (entry == null) {
            throw new IOException("no member " + member);
        }
        return zip.getInputStream(entry);
    }

    private BackupException damaged(String member, @org.jspecify.annotations.Nullable Exception cause) {
        String sentence = member + " in " + path
                + " is damaged: it is not what was written. Nothing was restored; use another backup.";
        return cause == null ? new BackupException(sentence) : new BackupException(sentence, cause);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new BackupException(path + " cannot be closed.", e);
        }
    }
}
