package dev.signalwright.artifacts.change;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The changes of the store in their order. */
@ApplicationScoped
public class ChangeFeed {
    private static final String CHANGES = """
            select cast(cast(txid as text) as bigint) as txid, seq, at, kind, artifact_id, type, symbol, content_sha256,
                   execution_uuid, dag_id, execution_id, cast(detail as text) as detail
            from change
            where (txid, seq) > (cast(:txid as xid8), :seq) and txid < pg_snapshot_xmin(pg_current_snapshot())
            """;

    private final EntityManager database;

    ChangeFeed(EntityManager database) {
        this.database = database;
    }

    /** What follows a position, in order, at most the limit; later calls add only later ones. */
    @Transactional
    public List<RecordedChange> after(Position from, int limit) {
        return read(database.createNativeQuery(CHANGES + "order by txid, seq limit :most", Tuple.class)
                .setParameter("txid", Long.toString(from.txid()))
                .setParameter("seq", from.seq())
                .setParameter("most", limit));
    }

    /** What lies after one position and not after another, in order, at most the limit. */
    @Transactional
    public List<RecordedChange> between(Position from, Position to, int limit) {
        return read(database.createNativeQuery(
                        CHANGES
                                + "and (txid, seq) <= (cast(:lastTxid as xid8), :lastSeq) order by txid, seq limit :most",
                        Tuple.class)
                .setParameter("txid", Long.toString(from.txid()))
                .setParameter("seq", from.seq())
                .setParameter("lastTxid", Long.toString(to.txid()))
                .setParameter("lastSeq", to.seq())
                .setParameter("most", limit));
    }

    /** The newest position that is handed out now. */
    @Transactional
    @SuppressWarnings("unchecked") // a native query has no type
    public Position newest() {
        List<Tuple> rows = database.createNativeQuery("""
                        select cast(cast(txid as text) as bigint) as txid, seq from change
                        where txid < pg_snapshot_xmin(pg_current_snapshot())
                        order by txid desc, seq desc limit 1""", Tuple.class).getResultList();
        return rows.stream().findFirst().map(ChangeFeed::position).orElse(Position.START);
    }

    /** Whether this position was ever handed out by this database. */
    @Transactional
    public boolean knows(Position position) {
        return position.equals(Position.START)
                || !database.createNativeQuery(
                                "select 1 from change where seq = :seq and txid = cast(:txid as xid8)", Integer.class)
                        .setParameter("seq", position.seq())
                        .setParameter("txid", Long.toString(position.txid()))
                        .getResultList()
                        .isEmpty();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private static List<RecordedChange> read(jakarta.persistence.Query query) {
        return ((List<Tuple>) query.getResultList())
                .stream().map(ChangeFeed::change).toList();
    }

    private static Position position(Tuple row) {
        return new Position(row.get("txid", Long.class), row.get("seq", Long.class));
    }

    private static RecordedChange change(Tuple row) {
        return new RecordedChange(
                position(row),
                row.get("at", Instant.class),
                row.get("kind", String.class),
                get(row, "artifact_id", UUID.class),
                get(row, "type", String.class),
                get(row, "symbol", String.class),
                get(row, "content_sha256", String.class),
                get(row, "execution_uuid", UUID.class),
                get(row, "dag_id", String.class),
                get(row, "execution_id", String.class),
                get(row, "detail", String.class));
    }

    private static <T> Optional<T> get(Tuple row, String column, Class<T> type) {
        return Optional.ofNullable(row.get(column, type));
    }
}
