package dev.signalwright.artifacts.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Secrets on disk: readable by their owner alone, or the service does not start and says which file is wrong. */
final class PrivateFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFile() {}

    /**
     * The one line of a secret file.
     *
     * @throws ConfigurationException when it is absent, empty or readable by others; the message says what to do
     */
    static String read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ConfigurationException("The artifact service does not start: the token file " + file
                        + " is missing. ./signalwright up writes it; by hand: openssl rand -hex 32 > " + file
                        + " && chmod 600 " + file + ".");
            }
            requireOwnerOnly(file);
            String line = Files.readString(file).strip();
            if (line.length() < 32) {
                throw new ConfigurationException("The artifact service does not start: the token in " + file
                        + " is shorter than 32 characters. Write a new one: openssl rand -hex 32 > " + file + ".");
            }
            return line;
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The artifact service does not start: " + file + " could not be read: " + e.getMessage() + ".", e);
        }
    }

    /** Creates the file with this content unless it exists, then reads it: two processes starting at once agree. */
    static String readOrCreate(Path file, String content) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Path fresh = Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        ".session",
                        ".new",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.writeString(fresh, content);
                try {
                    Files.createLink(file, fresh);
                } catch (java.nio.file.FileAlreadyExistsException other) {
                    // Another process was first; its key counts.
                }
                Files.delete(fresh);
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The artifact service does not start: it could not write " + file + ": " + e.getMessage() + ".", e);
        }
        return read(file);
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new ConfigurationException("The artifact service does not start: " + file
                    + " can be read by others (" + PosixFilePermissions.toString(permissions)
                    + "). Close it: chmod 600 " + file + ".");
        }
    }
}
