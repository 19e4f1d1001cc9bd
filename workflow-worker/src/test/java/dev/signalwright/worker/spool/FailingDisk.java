package dev.signalwright.worker.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The real disk, whose n-th call fails; a failing write leaves half of its bytes behind. */
final class FailingDisk implements SpoolDisk {
    private final LocalDisk disk = new LocalDisk();
    private int callsUntilFailure;

    /** @param failingCall from 1; 0 for a disk that never fails */
    FailingDisk(int failingCall) {
        callsUntilFailure = failingCall;
    }

    boolean hasFailed() {
        return callsUntilFailure < 0;
    }

    private void call() throws IOException {
        if (callsUntilFailure > 0 && --callsUntilFailure == 0) {
            callsUntilFailure = -1;
            throw new IOException("No space left on device");
        }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        call();
        return disk.create(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        try {
            call();
        } catch (IOException e) {
            disk.write(file, bytes.slice(0, bytes.remaining() / 2));
            throw e;
        }
        disk.write(file, bytes);
    }

    @Override
    public void force(FileChannel file) throws IOException {
        call();
        disk.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call();
        disk.rename(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call();
        disk.forceFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        call();
        disk.delete(file);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        call();
        disk.createFolder(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        call();
        return disk.usableBytes(folder);
    }
}
