package dev.signalwright.worker.spool;

import java.time.Instant;
import java.util.UUID;

/**
 * One thing to send.
 *
 * @param kind what is done with it
 * @param executionId the run it belongs to
 * @param artifactId the artifact it is, or changes
 * @param spooledAt when it was handed over, to the millisecond
 * @param json UTF-8 JSON, not copied
 * @param blob the artifact's bytes, not copied; empty array when there are none
 */
@SuppressWarnings("ArrayRecordComponent") // identity is not used; copying megabytes would be waste
public record SpoolRecord(Kind kind, UUID executionId, UUID artifactId, Instant spooledAt, byte[] json, byte[] blob) {
    /** What a record asks for. The number is part of the file format. */
    public enum Kind {
        ARTIFACT(1),
        PATCH(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
