package dev.signalwright.artifacts.blob;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every query on the index of blobs. Callers hold the transaction. */
@ApplicationScoped
class BlobRepository {
    /** Lock of those who copy everything, held shared; the collector wants it alone. */
    static final String COPYING = "signalwright blobs are copied";

    private final EntityManager database;

    BlobRepository(EntityManager database) {
        this.database = database;
    }

    /** @param content null when the bytes lie outside; not copied */
    @SuppressWarnings("ArrayRecordComponent") // identity is not used; copying megabytes would be waste
    record Row(byte @Nullable [] content, String keptIn) {}

    /** The row of bytes that lie outside. Nothing happens when the hash has one already. */
    void insert(String sha256, long size, String keptIn, Instant now) {
        database.createNativeQuery("""
                        insert into blob (sha256, size, kept_in, created_at) values (:sha256, :size, :keptIn, :now)
                        on conflict (sha256) do nothing""")
                .setParameter("sha256", sha256)
                .setParameter("size", size)
                .setParameter("keptIn", keptIn)
                .setParameter("now", now)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    Optional<Row> find(String sha256) {
        List<Tuple> rows = database.createNativeQuery(
                        "select content, kept_in from blob where sha256 = :sha256", Tuple.class)
                .setParameter("sha256", sha256)
                .getResultList();
        return rows.stream()
                .findFirst()
                .map(row -> new Row(row.get("content", byte[].class), row.get("kept_in", String.class)));
    }

    void deleteUnused(String sha256) {
        database.createNativeQuery("""
                        delete from blob b where b.sha256 = :sha256
                        and not exists (select 1 from artifact a where a.blob_sha256 = b.sha256)""").setParameter("sha256", sha256).executeUpdate();
    }

    /** Rows that no artifact refers to, however that came. */
    int deleteUnusedOlderThan(Instant moment, int limit) {
        return database.createNativeQuery("""
                        delete from blob where sha256 in (
                            select b.sha256 from blob b where b.created_at < :moment
                            and not exists (select 1 from artifact a where a.blob_sha256 = b.sha256)
                            order by b.sha256 limit :limit)""")
                .setParameter("moment", moment)
                .setParameter("limit", limit)
                .executeUpdate();
    }

    /** Which of these have no row. */
    List<String> withoutRow(Collection<String> sha256s) {
        List<?> there = database.createNativeQuery("select sha256 from blob where sha256 in (:sha256s)", String.class)
                .setParameter("sha256s", sha256s)
                .getResultList();
        return sha256s.stream().filter(sha256 -> !there.contains(sha256)).toList();
    }

    /** Until the transaction ends nobody collects this hash; any number of writers may hold it at once. */
    void lockAgainstCollection(String sha256) {
        database.createNativeQuery("select 1 from pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
                .setParameter("name", lockName(sha256))
                .getResultList();
    }

    /** False when a writer holds it: then it is no orphan; or when somebody copies the store: then it goes later. */
    boolean lockForCollection(String sha256) {
        return tryLock(lockName(sha256)) && tryLock(COPYING);
    }

    private boolean tryLock(String name) {
        return (Boolean) database.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
                .setParameter("name", name)
                .getSingleResult();
    }

    private static String lockName(String sha256) {
        return "signalwright blob " + sha256;
    }
}
