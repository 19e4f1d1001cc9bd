package dev.signalwright.worker.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** What came of taking a record. */
public sealed interface Taking {
    /** Sent meanwhile, or in the hands of another process. */
    record Gone() implements Taking {}

    /**
     * Nothing that can be sent.
     *
     * @param reason half a sentence: what is wrong and what was done
     */
    record Unreadable(String reason) implements Taking {}

    /** Locked for this process until it is closed. */
    final class Taken implements Taking, AutoCloseable {
        private final Spool spool;
        private final RecordName name;
        private final SpoolRecord content;
        private final FileChannel lock;

        Taken(Spool spool, RecordName name, SpoolRecord content, FileChannel lock) {
            this.spool = spool;
            this.name = name;
            this.content = content;
            this.lock = lock;
        }

        public SpoolRecord content() {
            return content;
        }

        /** It was sent. */
        public void remove() throws IOException {
            spool.remove(name);
        }

        /** It will never be taken by the receiver. */
        public void quarantine(String reason) throws IOException {
            spool.setAside(name, reason);
        }

        /** Gives it back; what was neither removed nor quarantined waits for the next time. */
        @Override
        public void close() throws IOException {
            lock.close();
        }
    }
}
