package dev.signalwright.artifacts.blob;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One place for bytes; outside of the database under {@code ab/cd/abcd...}, the same in a folder and in a bucket. Stores what it is given and answers what it has; hashes
 * are the caller's business.
 */
interface BlobStore {
    /** As in the column {@code blob.kept_in}. */
    String name();

    /** False when the bytes lie in the index row itself and so share its fate. */
    default boolean isOutside() {
        return true;
    }

    /**
     * Durable when it returns. Bytes that are there already and are whole stay; damaged ones are replaced.
     *
     * @throws BlobStoreException when it cannot say that they are kept
     */
    void put(String sha256, byte[] content);

    /** Empty when there is nothing of that name. */
    Optional<byte[]> get(String sha256);

    /** Nothing happens when it is not there. */
    void remove(String sha256);

    /** Names what was last written before that moment, in no order; also tidies what broken writes left. */
    void olderThan(Instant moment, Consumer<String> sha256);
}
