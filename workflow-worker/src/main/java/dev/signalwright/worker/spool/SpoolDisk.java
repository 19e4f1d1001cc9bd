package dev.signalwright.worker.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Every call that changes the disk, one method each, so that a test can let any single one of them fail. */
interface SpoolDisk {
    /** Creates a file that did not exist, mode 0600, not following links, open for writing. */
    FileChannel create(Path file) throws IOException;

    /** Writes all that remains in the buffer. */
    void write(FileChannel file, ByteBuffer bytes) throws IOException;

    /** Returns when content and length are on the device. */
    void force(FileChannel file) throws IOException;

    /** Moves within one file system, atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Returns when the folder's entries are on the device. */
    void forceFolder(Path folder) throws IOException;

    /** Deletes; no error when it was gone. */
    void delete(Path file) throws IOException;

    /** Creates a folder, mode 0700, with its parents; no error when it was there. */
    void createFolder(Path folder) throws IOException;

    /** Bytes that this user may still write. */
    long usableBytes(Path folder) throws IOException;
}
