package dev.signalwright.artifacts.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks PostgreSQL's programs once per version. A half-unpacked folder never gets the final name. */
final class PostgresBinaries {
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    /** Of the programs in the archive; a data folder of another one cannot be read by them. */
    static final String MAJOR = "18";

    private PostgresBinaries() {}

    /** The folder that holds {@code bin/postgres}. */
    static Path unpackedIn(Path home) throws IOException {
        Path folder = home.resolve("programs-" + version());
        if (Files.exists(folder.resolve("bin/postgres"))) {
            return folder;
        }
        Path unfinished = Files.createTempDirectory(home, "unpacking-");
        try (InputStream archive = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, unfinished);
            }
        }
        // Another account may run the programs when PostgreSQL must not run as root.
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive holds a path outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean program = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static InputStream open() throws IOException {
        return location().openStream();
    }

    private static URL location() throws IOException {
        URL archive = PostgresBinaries.class.getResource("/" + ARCHIVE);
        if (archive == null) {
            throw new IOException("This build carries no PostgreSQL for this machine (" + ARCHIVE
                    + "). Set ARTIFACT_DB_URL to a PostgreSQL of your own.");
        }
        return archive;
    }

    /** The archive's size tells one version from another without unpacking it. */
    private static String version() throws IOException {
        return Long.toString(location().openConnection().getContentLengthLong(), Character.MAX_RADIX);
    }
}
