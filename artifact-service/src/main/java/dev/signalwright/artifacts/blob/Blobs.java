package dev.signalwright.artifacts.blob;

import dev.signalwright.artifacts.identity.HashedBytes;
import dev.signalwright.artifacts.identity.Sha256;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeping and reading bytes by their hash: the face of this room. Writers hold the transaction. */
@ApplicationScoped
public class Blobs {
    private static final Logger LOG = Logger.getLogger(Blobs.class);

    private final BlobRepository index;
    private final BlobStore store;
    private final MeterRegistry meters;

    Blobs(BlobRepository index, BlobStore store, MeterRegistry meters) {
        this.index = index;
        this.store = store;
        this.meters = meters;
    }

    /** A store that cannot be used stops the start, not the first picture. */
    void starts(@Observes StartupEvent event) {
        LOG.infof("Blobs are kept in: %s", store.name());
    }

    /** Whether the bytes lie in their row: then {@link #withRows} stores both, and {@link #keep} is not called. */
    public boolean areRows() {
        return !store.isOutside();
    }

    /**
     * Part of a {@code with} clause that stores bytes which are not there yet, after a part {@code stored} that gives
     * {@code blob_sha256}: only bytes that it names. The places are filled by {@link #bind}.
     */
    public static String withRows(int blobs) {
        return """
            kept as (
                insert into blob (sha256, size, content, kept_in, created_at)
                select * from (values %s) as sent (sha256, size, content, kept_in, created_at)
                where sha256 in (select blob_sha256 from stored) order by sha256
                on conflict (sha256) do update set content = excluded.content, kept_in = excluded.kept_in
                    where blob.content is null
            )""".formatted(String.join(
                ", ",
                Collections.nCopies(blobs, "(?, cast(? as bigint), cast(? as bytea), ?, cast(? as timestamptz))")));
    }

    /**
     * Fills the places of {@link #withRows}.
     *
     * @param place of the first one
     * @param different no two with the same hash
     * @return the place behind the last one
     */
    public int bind(PreparedStatement statement, int place, Collection<HashedBytes> different, Instant now)
            throws SQLException {
        OffsetDateTime at = OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
        int next = place;
        for (HashedBytes blob : different) {
            statement.setString(next++, blob.sha256());
            statement.setLong(next++, blob.bytes().length);
            statement.setBytes(next++, blob.bytes());
            statement.setString(next++, store.name());
            statement.setObject(next++, at);
        }
        return next;
    }

    /**
     * Puts bytes outside, unless they are there already, and writes their row. When it returns they are durable; the row is,
     * with the caller's transaction. A crash between the two leaves bytes that nobody refers to; they are collected later.
     *
     * @throws ProblemException when the store does not take them
     */
    public void keep(HashedBytes hashed, Instant now) {
        String sha256 = hashed.sha256();
        byte[] content = hashed.bytes();
        // First the lock: from here to the commit the bytes are no orphan, though no row refers to them yet.
        index.lockAgainstCollection(sha256);
        try {
            store.put(sha256, content);
        } catch (BlobStoreException failure) {
            throw unavailable(failure);
        }
        index.insert(sha256, content.length, store.name(), now);
    }

    /**
     * The bytes of that hash and no others. Not to be changed.
     *
     * @throws ProblemException {@code blob-missing}, {@code blob-damaged} or {@code blob-store-unavailable}
     */
    public byte[] read(String sha256) {
        byte[] bytes = find(sha256).orElseThrow(() -> broken(ProblemType.BLOB_MISSING, sha256));
        if (!Sha256.of(bytes).equals(sha256)) {
            throw broken(ProblemType.BLOB_DAMAGED, sha256);
        }
        return bytes;
    }

    private Optional<byte[]> find(String sha256) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> index.find(sha256))
                .flatMap(row -> {
                    if (row.content() != null) {
                        return Optional.of(row.content());
                    }
                    try {
                        return store.get(sha256);
                    } catch (BlobStoreException failure) {
                        throw unavailable(failure);
                    }
                });
    }

    /**
     * Drops the row when no artifact carries the bytes any more. Bytes that lie outside go later, with the orphans: a
     * transaction that does not commit must not have taken them away.
     */
    public void dropUnused(String sha256) {
        index.deleteUnused(sha256);
    }

    private ProblemException broken(ProblemType type, String sha256) {
        meters.counter("signalwright.blob.broken", "what", type.slug()).increment();
        LOG.errorf("%s: %s", type.slug(), sha256);
        return new ProblemException(
                type,
                type == ProblemType.BLOB_MISSING
                        ? "The bytes " + sha256
                                + " are not where they were put. Look at ARTIFACT_BLOB_STORE; else restore"
                                + " them from a backup."
                        : "The bytes kept as " + sha256
                                + " have another hash now and are not served. Restore them from a" + " backup.",
                Map.of("blob_sha256", sha256));
    }

    private static ProblemException unavailable(BlobStoreException failure) {
        LOG.warn(failure.getMessage());
        return new ProblemException(
                ProblemType.BLOB_STORE_UNAVAILABLE,
                "The store of blobs does not answer. Nothing was stored; the request can be sent again as it is.");
    }
}
