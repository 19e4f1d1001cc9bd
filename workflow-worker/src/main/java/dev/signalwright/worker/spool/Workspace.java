package dev.signalwright.worker.spool;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every artifact of the runs of this host: {@code workspace/<execution id>/<artifact id>.json} and, when it has bytes,
 * {@code .blob}. The blob is written first, so where there is JSON there is everything. The execution id is itself a
 * hash of DAG and run. One object belongs to one thread.
 */
public final class Workspace {
    private static final String JSON = ".json";
    private static final String BLOB = ".blob";

    private final Path folder;
    private final SpoolDisk disk;
    private final DurableFile files;

    Workspace(Path spoolFolder, SpoolDisk disk, String writer) {
        this.folder = spoolFolder.resolve("workspace");
        this.disk = disk;
        this.files = new DurableFile(disk, writer);
    }

    /** @param writer eight hex digits, random for each process */
    public static Workspace open(Path spoolFolder, String writer) {
        return new Workspace(spoolFolder, new LocalDisk(), writer);
    }

    /** Makes the artifact durable; an empty blob is none. The same id twice must be the same artifact. */
    public void write(UUID executionId, UUID artifactId, byte[] json, byte[] blob) throws IOException {
        Path run = run(executionId);
        disk.createFolder(run);
        if (blob.length > 0) {
            files.write(run.resolve(artifactId + BLOB), blob);
        }
        files.write(run.resolve(artifactId + JSON), json);
    }

    /** The artifacts of one run, in no order. */
    public List<UUID> artifacts(UUID executionId) throws IOException {
        List<UUID> ids = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(run(executionId), "*" + JSON)) {
            for (Path file : found) {
                String name = String.valueOf(file.getFileName());
                ids.add(UUID.fromString(name.substring(0, name.length() - JSON.length())));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return ids;
    }

    public Path jsonFile(UUID executionId, UUID artifactId) {
        return run(executionId).resolve(artifactId + JSON);
    }

    /** The bytes, as they lie there; the reader checks the hash. */
    public Optional<byte[]> blob(UUID executionId, UUID artifactId) throws IOException {
        Path file = run(executionId).resolve(artifactId + BLOB);
        return Files.isRegularFile(file, NOFOLLOW_LINKS) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    /**
     * Deletes the runs whose last change is older and that are not to be kept.
     *
     * @param keep runs with records that still wait
     * @return how many runs were deleted
     */
    public int prune(Set<UUID> keep, Instant olderThan) throws IOException {
        int pruned = 0;
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder)) {
            for (Path run : runs) {
                boolean kept = keep.stream().anyMatch(id -> run.endsWith(id.toString()));
                if (!kept
                        && Files.getLastModifiedTime(run, NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(olderThan)) {
                    delete(run);
                    pruned++;
                }
            }
        } catch (NoSuchFileException e) {
            return 0;
        }
        return pruned;
    }

    private void delete(Path run) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(run)) {
            for (Path file : found) {
                disk.delete(file);
            }
        }
        disk.delete(run);
    }

    private Path run(UUID executionId) {
        return folder.resolve(executionId.toString());
    }
}
