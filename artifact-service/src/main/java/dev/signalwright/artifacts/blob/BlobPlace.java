package dev.signalwright.artifacts.blob;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * The store that the settings name, for a command beside the service, which has neither container nor index: bytes by
 * their hash, as they are. Hashes and rows are the caller's business.
 */
public final class BlobPlace {
    /** As an environment variable counts for the service. */
    private static final int ORDINAL = 300;

    private final BlobStore store;

    private BlobPlace(BlobStore store) {
        this.store = store;
    }

    /**
     * Of the service's own environment variables.
     *
     * @throws BlobStoreException when the place cannot be used
     */
    public static BlobPlace of(Map<String, String> environment) {
        BlobConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, ORDINAL))
                .withMapping(BlobConfig.class)
                .build()
                .getConfigMapping(BlobConfig.class);
        return new BlobPlace(new BlobStoreProducer().store(config));
    }

    /** As in the column {@code blob.kept_in}. */
    public String name() {
        return store.name();
    }

    /** False when the bytes lie in the database's rows. */
    public boolean isOutside() {
        return store.isOutside();
    }

    /**
     * What lies there, whatever its hash is now; empty when nothing does.
     *
     * @throws BlobStoreException when the folder or the bucket does not answer
     */
    public Optional<byte[]> get(String sha256) {
        return store.get(sha256);
    }

    /**
     * Durable when it returns.
     *
     * @throws BlobStoreException when it cannot say that they are kept
     */
    public void put(String sha256, byte[] content) {
        store.put(sha256, content);
    }

    /** Until that connection closes nothing outside is collected: what a snapshot refers to stays where it is. */
    public static void holdCollection(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_lock_shared(hashtextextended('" + BlobRepository.COPYING + "', 0))");
        }
    }
}
