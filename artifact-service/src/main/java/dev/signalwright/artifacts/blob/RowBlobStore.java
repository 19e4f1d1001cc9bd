package dev.signalwright.artifacts.blob;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The index row holds the bytes: nothing lies outside of it. */
final class RowBlobStore implements BlobStore {
    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public boolean isOutside() {
        return false;
    }

    @Override
    public void put(String sha256, byte[] content) {
        // Never asked for: the row, bytes and all, is part of the statement that stores the artifact.
    }

    @Override
    public Optional<byte[]> get(String sha256) {
        return Optional.empty();
    }

    @Override
    public void remove(String sha256) {
        // The row is removed by the index.
    }

    @Override
    public void olderThan(Instant moment, Consumer<String> sha256) {
        // Rows and bytes come and go together: there are no orphans.
    }
}
