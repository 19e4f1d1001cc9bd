package dev.signalwright.worker.tws.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file whose bytes are locks. It is opened once per process and never closed: on Unix, closing any channel of a file
 * frees all the locks the process has on it.
 */
final class SharedFile {
    private static final Map<Path, SharedFile> OPEN = new ConcurrentHashMap<>();

    /** What is done with the file while nobody else touches it. */
    interface Work<T> {
        T with(FileChannel channel) throws IOException;
    }

    private final FileChannel channel;

    private SharedFile(Path file) throws IOException {
        this.channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    /** @throws IOException the folder cannot be made or the file not opened */
    static synchronized SharedFile open(Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().normalize().getParent());
        Path real = folder.toRealPath().resolve(file.getFileName());
        SharedFile known = OPEN.get(real);
        // A folder that was deleted in between has new files; locks on the deleted ones protect nobody.
        if (known == null || !Files.exists(real)) {
            known = new SharedFile(real);
            OPEN.put(real, known);
        }
        return known;
    }

    /** Empty while another thread or process is at it; asking again a moment later is the caller's business. */
    synchronized <T> Optional<T> exclusively(Work<T> work) throws IOException {
        try (FileLock lock = tryLock(0)) {
            return lock == null ? Optional.empty() : Optional.of(work.with(channel));
        }
    }

    /** The lease of that byte; empty when another has it. */
    Optional<Lease> take(int slot) throws IOException {
        FileLock lock = tryLock(slot);
        return lock == null ? Optional.empty() : Optional.of(() -> release(lock));
    }

    private @Nullable FileLock tryLock(int slot) throws IOException {
        try {
            return channel.tryLock(slot, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return null;
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            // The channel is gone, and the lock with it.
            return;
        }
    }
}
