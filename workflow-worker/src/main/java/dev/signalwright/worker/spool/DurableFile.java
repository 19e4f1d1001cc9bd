package dev.signalwright.worker.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Writes one file so that after the return it survives a power cut, and before the return nobody ever sees a part of
 * it: temporary name, write, force, rename, force the folder. After any error the target counts as not written; a
 * failed force is never repeated on the same file, because the system may have dropped the pages it could not write.
 */
final class DurableFile {
    static final String UNFINISHED = ".tmp";

    private final SpoolDisk disk;
    private final String writer;

    /** @param writer tells this process's temporary files from others' */
    DurableFile(SpoolDisk disk, String writer) {
        this.disk = disk;
        this.writer = writer;
    }

    void write(Path target, byte[]... parts) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + "." + writer + UNFINISHED);
        Path folder = folderOf(target);
        try {
            try (FileChannel channel = disk.create(unfinished)) {
                for (byte[] part : parts) {
                    disk.write(channel, ByteBuffer.wrap(part));
                }
                disk.force(channel);
            }
            disk.rename(unfinished, target);
        } catch (IOException e) {
            deleteAfter(e, unfinished);
            throw e;
        }
        try {
            disk.forceFolder(folder);
        } catch (IOException e) {
            deleteAfter(e, target);
            throw e;
        }
    }

    private void deleteAfter(IOException trouble, Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            trouble.addSuppressed(e);
        }
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("The file " + file + " lies in no folder.");
        }
        return folder;
    }
}
