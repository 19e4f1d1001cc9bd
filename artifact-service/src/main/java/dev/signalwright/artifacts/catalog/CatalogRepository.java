package dev.signalwright.artifacts.catalog;

import dev.signalwright.artifacts.change.Change;
import dev.signalwright.artifacts.change.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Every query on the catalogue. Callers hold the transaction. */
@ApplicationScoped
class CatalogRepository {
    /** Any number that no other job of the service locks by. */
    private static final long LOCK = 0x5357_4341_5441L;

    private static final String CREATED = Change.Kind.ARTIFACT_CREATED.word();

    private final EntityManager database;

    CatalogRepository(EntityManager database) {
        this.database = database;
    }

    /** False when another replica is at it; held until the transaction ends. */
    boolean lock() {
        return (Boolean) database.createNativeQuery("select pg_try_advisory_xact_lock(:lock)", Boolean.class)
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    Position position() {
        Tuple row = (Tuple) database.createNativeQuery(
                        "select cast(cast(txid as text) as bigint) as txid, seq from catalog_position", Tuple.class)
                .getSingleResult();
        return new Position(row.get("txid", Long.class), row.get("seq", Long.class));
    }

    /**
     * The next changes.
     *
     * @param end the position of the last one
     * @param artifacts that they tell of
     * @param edited those among them that may be in the catalogue already
     */
    @SuppressWarnings("ArrayRecordComponent") // JDBC takes arrays; identity is not used
    record Batch(Position end, int changes, UUID[] artifacts, UUID[] edited) {}

    /** Empty when there is nothing new. */
    @SuppressWarnings("unchecked") // a native query has no type
    Optional<Batch> next(Position from, int most) {
        List<Tuple> rows = database.createNativeQuery("""
                        select cast(cast(txid as text) as bigint) as txid, seq, artifact_id, kind from change
                        where (txid, seq) > (cast(:txid as xid8), :seq)
                          and txid < pg_snapshot_xmin(pg_current_snapshot())
                        order by change.txid, seq limit :most""", Tuple.class)
                .setParameter("txid", Long.toString(from.txid()))
                .setParameter("seq", from.seq())
                .setParameter("most", most)
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Tuple last = rows.getLast();
        return Optional.of(new Batch(
                new Position(last.get("txid", Long.class), last.get("seq", Long.class)),
                rows.size(),
                artifacts(rows.stream()),
                artifacts(rows.stream().filter(row -> !CREATED.equals(row.get("kind", String.class))))));
    }

    private static UUID[] artifacts(Stream<Tuple> changes) {
        return changes.map(row -> row.get("artifact_id", UUID.class))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
    }

    // The ids are a parameter, not a join: so their rows are looked up, however wrong the statistics of a growing table
    // are.

    /** Takes these artifacts out of catalogue and tally. */
    void takeOut(UUID[] artifacts) {
        database.createNativeQuery("""
                with gone as (
                    delete from catalog_entry e where e.artifact_id = any(:ids)
                    returning e.type, e.origin, e.json_bytes, e.blob_bytes
                ), sums as (
                    select type, origin, count(*) as artifacts, sum(json_bytes) as json_bytes, sum(blob_bytes) as blob_bytes
                    from gone group by type, origin
                )
                update catalog_tally t set artifacts = t.artifacts - s.artifacts,
                    json_bytes = t.json_bytes - s.json_bytes, blob_bytes = t.blob_bytes - s.blob_bytes
                from sums s where t.type = s.type and t.origin = s.origin""").setParameter("ids", artifacts).executeUpdate();
    }

    /** Puts these artifacts into catalogue and tally, as they stand now, tombstones left out. */
    void putIn(UUID[] artifacts) {
        database.createNativeQuery("""
                with put as (
                    insert into catalog_entry (artifact_id, created_at, type, origin, json_bytes, blob_bytes, words)
                    select a.id, a.created_at, a.type, a.origin, a.canonical_size,
                           case when a.blob_sha256 is null then 0 else a.blob_size end,
                           catalog_words(a.name, a.symbol, a.signal_data ->> 'reasoning', a.prompt)
                    from artifact a where a.id = any(:ids) and a.deleted_at is null
                    on conflict (artifact_id) do nothing
                    returning type, origin, json_bytes, blob_bytes
                )
                insert into catalog_tally as t (type, origin, artifacts, json_bytes, blob_bytes)
                select type, origin, count(*), sum(json_bytes), sum(blob_bytes) from put group by type, origin
                on conflict (type, origin) do update set artifacts = t.artifacts + excluded.artifacts,
                    json_bytes = t.json_bytes + excluded.json_bytes, blob_bytes = t.blob_bytes + excluded.blob_bytes""").setParameter("ids", artifacts).executeUpdate();
    }

    void moveTo(Position position) {
        database.createNativeQuery("update catalog_position set txid = cast(:txid as xid8), seq = :seq")
                .setParameter("txid", Long.toString(position.txid()))
                .setParameter("seq", position.seq())
                .executeUpdate();
    }

    /** When the first change after a position happened, seen or not yet handed out; empty when there is none. */
    @SuppressWarnings("unchecked") // a native query has no type
    Optional<Instant> firstAfter(Position position) {
        // The position is a parameter, not a join: so the index is entered where it stands.
        List<Instant> rows = database.createNativeQuery("""
                        select at from change where (txid, seq) > (cast(:txid as xid8), :seq)
                        order by txid, seq limit 1""", Instant.class)
                .setParameter("txid", Long.toString(position.txid()))
                .setParameter("seq", position.seq())
                .getResultList();
        return rows.stream().findFirst();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    List<Tuple> tallies() {
        return database.createNativeQuery(
                        "select type, origin, artifacts, json_bytes, blob_bytes from catalog_tally order by type, origin",
                        Tuple.class)
                .getResultList();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    List<Tuple> executionStates() {
        return database.createNativeQuery(
                        "select state, count(*) as executions from execution group by state order by state",
                        Tuple.class)
                .getResultList();
    }

    /** When the first and the newest artifact arrived; both null in an empty store. Two ends of one index. */
    Tuple ends() {
        return (Tuple) database.createNativeQuery("""
                        select (select min(created_at) from artifact where deleted_at is null) as first_at,
                               (select max(created_at) from artifact where deleted_at is null) as last_at""", Tuple.class).getSingleResult();
    }

    /** Whether anything is left of the words when the ones that are everywhere are taken out. */
    boolean isSearchable(String words) {
        return (Boolean)
                database.createNativeQuery("select numnode(websearch_to_tsquery('english', :words)) > 0", Boolean.class)
                        .setParameter("words", words)
                        .getSingleResult();
    }

    /** The piece of text of each artifact that the words were found in. */
    @SuppressWarnings("unchecked") // a native query has no type
    List<Tuple> snippets(String words, Collection<UUID> ids) {
        return database.createNativeQuery("""
                        select a.id, ts_headline('english',
                            left(concat_ws(' · ', a.symbol, a.name, a.signal_data ->> 'reasoning', a.prompt), 8000),
                            websearch_to_tsquery('english', :words),
                            'MaxWords=24, MinWords=10, ShortWord=2, MaxFragments=1, StartSel=«, StopSel=»') as snippet
                        from artifact a where a.id in (:ids)""", Tuple.class)
                .setParameter("words", words)
                .setParameter("ids", ids)
                .getResultList();
    }
}
