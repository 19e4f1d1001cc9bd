package dev.signalwright.artifacts.artifact;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Takes the content of old artifacts away and leaves their tombstones: key, hash, place and edges stay, so lineage and seals
 * hold. What belongs to a run on legal hold is never named here and cannot be taken.
 */
@ApplicationScoped
public class ArtifactRetirement {
    private static final String OLD = """
             from artifact a where a.type = :type and a.created_at < :before and a.deleted_at is null
            and %s exists (select 1 from execution_hold h where h.execution_uuid = a.execution_uuid)""";

    private final EntityManager database;
    private final ArtifactStore store;

    ArtifactRetirement(EntityManager database, ArtifactStore store) {
        this.database = database;
        this.store = store;
    }

    /**
     * Artifacts and the bytes of their content.
     *
     * @param held not among them: old enough, but on hold
     */
    public record Tally(long artifacts, long bytes, long held) {}

    /** What is older than that moment. */
    public Tally tally(ArtifactType type, Instant before) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            Tuple old = (Tuple) old(
                            "select count(*) as n, cast(coalesce(sum(a.canonical_size + coalesce(a.blob_size, 0)), 0) as bigint)"
                                    + " as bytes",
                            "not",
                            type,
                            before)
                    .getSingleResult();
            Tuple held = (Tuple)
                    old("select count(*) as n, 0 as bytes", "", type, before).getSingleResult();
            return new Tally(
                    old.get("n", Long.class), old.get("bytes", Number.class).longValue(), held.get("n", Long.class));
        });
    }

    /** An old artifact. */
    public record Old(UUID id, long bytes) {}

    /** The oldest of them. */
    @SuppressWarnings("unchecked") // a native query has no type
    public List<Old> oldest(ArtifactType type, Instant before, int limit) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            List<Tuple> rows = database.createNativeQuery(
                            "select a.id, cast(a.canonical_size + coalesce(a.blob_size, 0) as bigint) as bytes"
                                    + OLD.formatted("not") + " order by a.created_at, a.id limit :limit",
                            Tuple.class)
                    .setParameter("type", type.wire())
                    .setParameter("before", before)
                    .setParameter("limit", limit)
                    .getResultList();
            return rows.stream()
                    .map(row -> new Old(
                            row.get("id", UUID.class),
                            row.get("bytes", Number.class).longValue()))
                    .toList();
        });
    }

    private Query old(String select, String not, ArtifactType type, Instant before) {
        return database.createNativeQuery(select + OLD.formatted(not), Tuple.class)
                .setParameter("type", type.wire())
                .setParameter("before", before);
    }

    /**
     * Leaves its tombstone, as a deletion does, in a transaction of its own.
     *
     * @param actor who takes it, for the table of changes
     */
    public void retire(UUID id, String actor) {
        QuarkusTransaction.requiringNew().call(() -> {
            store.buryUnlessHeld(id, actor);
            return id;
        });
    }
}
