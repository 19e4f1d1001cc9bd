package dev.signalwright.worker.spool;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What still has to be sent: one file a record in {@code pending/} ({@link RecordFormat}, {@link RecordName}), and in
 * {@code quarantine/} what cannot be sent, each with a {@code .reason} file beside it. Nothing is ever deleted but what
 * was sent.
 *
 * <p>{@link #append} returns when the record is on the device; an exception means it was not handed over. Sending is
 * {@link #pending}, {@link #take}, send, {@link Taken#remove}: a crash in between sends it once more. The removal is
 * not forced to the device, because a record that comes back is only sent again. A record is locked while it is taken,
 * by a lock of the operating system that dies with its process; {@link #alone} is the same for the whole spool.
 *
 * <p>Not guaranteed: an order between different runs, and that a removed record stays removed through a power cut. Any
 * number of processes may use one spool; one object belongs to one thread.
 */
public final class Spool {
    private static final String REASON = ".reason";

    private final Path pending;
    private final Path quarantine;
    private final Path lockFile;
    private final SpoolDisk disk;
    private final DurableFile files;
    private final String writer;
    private final SpoolLimits limits;
    private final Clock clock;
    private long lastSequence;
    private long usedBytes;

    private Spool(Path folder, SpoolDisk disk, String writer, SpoolLimits limits, Clock clock) {
        this.pending = folder.resolve("pending");
        this.quarantine = folder.resolve("quarantine");
        this.lockFile = folder.resolve("drain.lock");
        this.disk = disk;
        this.files = new DurableFile(disk, writer);
        this.writer = writer;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Opens the spool, making its folders when they are missing.
     *
     * @param writer eight hex digits, random for each process
     * @throws IOException when a folder cannot be made, is a link, or may be written by others
     */
    public static Spool open(Path folder, String writer, SpoolLimits limits, Clock clock) throws IOException {
        return open(folder, new LocalDisk(), writer, limits, clock);
    }

    static Spool open(Path folder, SpoolDisk disk, String writer, SpoolLimits limits, Clock clock) throws IOException {
        Spool spool = new Spool(folder, disk, writer, limits, clock);
        for (Path part : List.of(spool.pending, spool.quarantine)) {
            disk.createFolder(part);
            refuseUnsafe(part);
        }
        spool.usedBytes = bytesIn(spool.pending) + bytesIn(spool.quarantine);
        return spool;
    }

    /** Makes the record durable. Parents must be handed over before their children. */
    public RecordName append(SpoolRecord content) throws IOException {
        byte[] header = RecordFormat.header(content);
        long bytes = (long) header.length + content.json().length + content.blob().length;
        refuseWhenFull(bytes);
        RecordName name = new RecordName(content.executionId(), nextSequence(content.executionId()), writer);
        files.write(pending.resolve(name.fileName()), header, content.json(), content.blob());
        usedBytes += bytes;
        return name;
    }

    /** Every waiting record, runs together, each run in its order. */
    public List<RecordName> pending() throws IOException {
        return list("*" + RecordName.SUFFIX);
    }

    /** The waiting records of one run in their order. */
    public List<RecordName> pending(UUID executionId) throws IOException {
        return list(executionId + "-*" + RecordName.SUFFIX);
    }

    public long quarantined() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(quarantine, "*" + RecordName.SUFFIX)) {
            long count = 0;
            for (Path ignored : found) {
                count++;
            }
            return count;
        }
    }

    /** Takes a record for sending. */
    public Taking take(RecordName name) throws IOException {
        Path file = pending.resolve(name.fileName());
        FileChannel channel;
        try {
            channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return new Taking.Gone();
        }
        Optional<FileLock> lock = tryLock(channel);
        if (lock.isEmpty() || !Files.exists(file, NOFOLLOW_LINKS)) {
            channel.close();
            return new Taking.Gone();
        }
        RecordFormat.Reading reading = RecordFormat.read(readAll(channel));
        if (reading instanceof RecordFormat.Reading.Sound sound) {
            return new Taking.Taken(this, name, sound.content(), channel);
        }
        try (channel) {
            if (reading instanceof RecordFormat.Reading.Newer newer) {
                return new Taking.Unreadable(
                        "it was written by a newer worker (format " + newer.version() + ") and stays where it is");
            }
            String reason = ((RecordFormat.Reading.Damaged) reading).reason();
            setAside(name, reason);
            return new Taking.Unreadable(reason + "; it was put into quarantine");
        }
    }

    /** Something done while no other process empties the spool. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Does the work under the lock of the whole spool; false, and nothing done, when another process has it. */
    public boolean alone(Work work) throws IOException {
        try (FileChannel channel = FileChannel.open(
                lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, NOFOLLOW_LINKS))) {
            if (tryLock(channel).isEmpty()) {
                return false;
            }
            work.run();
            return true;
        }
    }

    void remove(RecordName name) throws IOException {
        disk.delete(pending.resolve(name.fileName()));
    }

    /** Moves a record out of the way; its reason is written first, so that no record lies there unexplained. */
    void setAside(RecordName name, String reason) throws IOException {
        files.write(
                quarantine.resolve(name.fileName() + REASON),
                (clock.instant() + "\n" + reason + "\n").getBytes(StandardCharsets.UTF_8));
        disk.rename(pending.resolve(name.fileName()), quarantine.resolve(name.fileName()));
        disk.forceFolder(quarantine);
        disk.forceFolder(pending);
    }

    private long nextSequence(UUID executionId) throws IOException {
        List<RecordName> waiting = pending(executionId);
        long highest = waiting.isEmpty() ? 0 : waiting.getLast().sequence();
        lastSequence = Math.max(clock.millis(), Math.max(lastSequence, highest) + 1);
        return lastSequence;
    }

    private List<RecordName> list(String pattern) throws IOException {
        List<RecordName> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(pending, pattern)) {
            for (Path file : found) {
                RecordName.parse(String.valueOf(file.getFileName())).ifPresent(names::add);
            }
        }
        names.sort(null);
        return names;
    }

    private void refuseWhenFull(long bytes) throws IOException {
        if (usedBytes + bytes > limits.mostBytes()) {
            throw new IOException("The spool " + pending.getParent() + " holds " + usedBytes + " bytes, its limit is "
                    + limits.mostBytes() + ". Start the artifact service and run \"deliver\" to empty it.");
        }
        long free = disk.usableBytes(pending);
        if (free - bytes < limits.leastFreeBytes()) {
            throw new IOException("The disk of the spool " + pending.getParent() + " has " + free
                    + " bytes left; at least " + limits.leastFreeBytes() + " must stay free. Make room there.");
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static byte[] readAll(FileChannel channel) throws IOException {
        long most = RecordFormat.HEADER_BYTES + RecordFormat.MOST_JSON_BYTES + RecordFormat.MOST_BLOB_BYTES;
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size(), most + 1));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until the file or the buffer ends.
        }
        return bytes.array();
    }

    private static long bytesIn(Path folder) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                try {
                    bytes += Files.size(file);
                } catch (NoSuchFileException e) {
                    // Sent by another process between the two looks.
                }
            }
        }
        return bytes;
    }

    private static void refuseUnsafe(Path folder) throws IOException {
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            throw new IOException("The spool's " + folder + " is a link or a file; it must be a folder.");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            throw new IOException("The spool's " + folder + " may be written by others. Run: chmod 700 " + folder);
        }
    }
}
