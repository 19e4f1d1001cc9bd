package dev.signalwright.artifacts.blob;

import dev.signalwright.artifacts.identity.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Blobs as files {@code ab/cd/<sha256>}. A file gets its name only when it is whole and on the disk: written under another
 * name, forced, renamed, then the folder forced. Files are 0600, folders 0700; links are never followed.
 */
final class FolderBlobStore implements BlobStore {
    private static final String TEMPORARY = ".tmp";
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWN_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    /** @throws BlobStoreException when the folder cannot be used */
    FolderBlobStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
        try {
            if (!Files.exists(this.root, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(this.root, OWN_FOLDER);
            }
            mustBeFolder(this.root);
            if (Files.getPosixFilePermissions(this.root).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new BlobStoreException("ARTIFACT_BLOB_STORE names " + this.root
                        + ", which everybody may write to. Take that right away: chmod o-w.");
            }
        } catch (IOException e) {
            throw new BlobStoreException("ARTIFACT_BLOB_STORE names " + this.root + ", which cannot be used: " + e, e);
        }
    }

    @Override
    public String name() {
        return "folder";
    }

    private Path outer(String sha256) {
        return root.resolve(sha256.substring(0, 2));
    }

    private Path folder(String sha256) {
        return outer(sha256).resolve(sha256.substring(2, 4));
    }

    private static boolean isFolder(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void put(String sha256, byte[] content) {
        Path folder = folder(sha256);
        try {
            make(root, outer(sha256));
            make(outer(sha256), folder);
            Path file = folder.resolve(sha256);
            if (!isWhole(file, sha256)) {
                write(folder, file, content);
            }
            // Also for a file that was there: who wrote it may not have come this far yet.
            force(folder);
        } catch (IOException e) {
            throw new BlobStoreException("The blob folder " + root + " does not take " + sha256 + ": " + e, e);
        }
    }

    private static void write(Path folder, Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(folder, ".", TEMPORARY, OWN_FILE);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean isWhole(Path file, String sha256) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new IOException(file + " is a link; blobs are plain files");
        }
        return read(file).map(Sha256::of).filter(sha256::equals).isPresent();
    }

    private static void make(Path parent, Path folder) throws IOException {
        try {
            Files.createDirectory(folder, OWN_FOLDER);
            force(parent);
        } catch (FileAlreadyExistsException there) {
            mustBeFolder(folder);
        }
    }

    private static void mustBeFolder(Path folder) throws IOException {
        if (!isFolder(folder)) {
            throw new IOException(folder + " is no folder or a link to one");
        }
    }

    /** A new name in a folder survives a power cut only when the folder itself was forced. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<byte[]> get(String sha256) {
        Path folder = folder(sha256);
        try {
            return isFolder(outer(sha256)) && isFolder(folder) ? read(folder.resolve(sha256)) : Optional.empty();
        } catch (IOException e) {
            throw new BlobStoreException("The blob folder " + root + " does not give " + sha256 + ": " + e, e);
        }
    }

    /** Empty for a link and for anything else that is no plain file. */
    private static Optional<byte[]> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return Optional.of(Channels.newInputStream(channel).readAllBytes());
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }

    @Override
    public void remove(String sha256) {
        try {
            Files.deleteIfExists(folder(sha256).resolve(sha256));
        } catch (IOException e) {
            throw new BlobStoreException("The blob folder " + root + " does not let go of " + sha256 + ": " + e, e);
        }
    }

    @Override
    public void olderThan(Instant moment, Consumer<String> sha256) {
        try (DirectoryStream<Path> firsts = Files.newDirectoryStream(root, "[0-9a-f][0-9a-f]")) {
            for (Path first : firsts) {
                try (DirectoryStream<Path> seconds = Files.newDirectoryStream(first, "[0-9a-f][0-9a-f]")) {
                    for (Path second : seconds) {
                        tell(second, moment, sha256);
                    }
                }
            }
        } catch (IOException e) {
            throw new BlobStoreException("The blob folder " + root + " cannot be listed: " + e, e);
        }
    }

    private static void tell(Path folder, Instant moment, Consumer<String> sha256) throws IOException {
        if (!isFolder(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                boolean old = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(moment);
                String name = file.getFileName().toString();
                if (old && name.endsWith(TEMPORARY)) {
                    Files.deleteIfExists(file);
                } else if (old && name.matches("[0-9a-f]{64}")) {
                    sha256.accept(name);
                }
            }
        }
    }
}
