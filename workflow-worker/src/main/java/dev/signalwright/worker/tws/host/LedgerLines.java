package dev.signalwright.worker.tws.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a small file that all worker processes of a host share. Callers hold the file's lock. */
final class LedgerLines {
    private LedgerLines() {}

    /** Lines in their order, without line ends; nothing beyond the bound is read. */
    static List<String> read(FileChannel file, int mostBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), mostBytes));
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            // A read may bring less than there is.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /**
     * Each line brings its own end. Shortened after writing: whoever is killed in between leaves a line too many, not one too few.
     */
    static void write(FileChannel file, List<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(String.join("", lines).getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            file.write(bytes, bytes.position());
        }
        file.truncate(length);
    }
}
