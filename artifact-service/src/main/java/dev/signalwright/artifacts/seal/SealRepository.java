package dev.signalwright.artifacts.seal;

import dev.signalwright.artifacts.seal.SealText.Change;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Every query on seals and on the changes they are made of. Callers hold the transaction. */
@ApplicationScoped
class SealRepository {
    /** The chain of changes that belong to no execution. */
    static final UUID NO_EXECUTION = new UUID(0, 0);

    private static final String CHANGE = """
            c.seq, cast(c.txid as text) as txid, c.kind, c.at, c.actor, c.artifact_id, c.type, c.symbol, c.content_sha256, c.execution_uuid, c.dag_id,
            c.execution_id, cast(c.detail as text) as detail""";

    private final EntityManager database;

    SealRepository(EntityManager database) {
        this.database = database;
    }

    /** In the order of transactions, in which changes are sealed: behind that change, or before all of its transaction. */
    record Place(String txid, long seq) {
        static Place before(String txid) {
            return new Place(txid, 0);
        }

        static Place of(Change change) {
            return new Place(change.txid(), change.seq());
        }
    }

    /** A seal as it is stored. */
    record Row(long position, SealText.Head head, String sha256, String storeSha256) {}

    /** A line to be sealed. */
    record Entry(long position, int ordinal, Change change, String line) {}

    /** A sealed line beside the change it tells of, which is null when somebody removed it. */
    record Sealed(long seq, String line, @Nullable Change change) {}

    /** The newest change or line of an artifact. */
    record Newest(
            UUID artifactId,
            long seq,
            String kind,
            @Nullable String contentSha256,
            @Nullable String line) {}

    /** The first transaction that may still be running: every change below it is committed or never will be. */
    String horizon() {
        return (String) database.createNativeQuery("select cast(pg_snapshot_xmin(pg_current_snapshot()) as text)")
                .getSingleResult();
    }

    /** The newest seal's floor; nothing when that counts the transactions of another server, which was copied from. */
    String floor() {
        return (String) database.createNativeQuery("""
                        select cast(coalesce((
                            select floor from seal where floor <= pg_snapshot_xmin(pg_current_snapshot())
                            and position = (select max(position) from seal)), cast('0' as xid8)) as text)""").getSingleResult();
    }

    /** Committed changes that no seal tells of, in the order of their transactions. */
    List<Change> unsealed(Place from, Place horizon, int limit) {
        Map<String, Object> values =
                Map.of("txid", from.txid(), "seq", from.seq(), "horizon", horizon.txid(), "limit", limit);
        return tuples("select " + CHANGE + """
                         from change c
                        where (c.txid, c.seq) > (cast(:txid as xid8), :seq) and c.txid < cast(:horizon as xid8)
                          and not exists (select 1 from seal_entry e where e.seq = c.seq)
                        order by c.txid, c.seq limit :limit""", values)
                .map(SealRepository::change)
                .toList();
    }

    Optional<Row> newest() {
        return rows("where position = (select max(position) from seal)", Map.of())
                .findFirst();
    }

    /** The newest seal of each of these chains; one without any is absent. */
    Map<UUID, Row> newestSeals(Collection<UUID> chains) {
        return rows(
                        "s where chain in (:chains) and number = (select max(number) from seal m where m.chain = s.chain)",
                        Map.of("chains", chains))
                .collect(Collectors.toMap(row -> row.head().chain(), row -> row));
    }

    /** A chain from its beginning. */
    List<Row> chain(UUID chain) {
        return rows("where chain = :chain order by number", Map.of("chain", chain))
                .toList();
    }

    List<Row> after(long position, int limit) {
        return rows(
                        "where position > :position order by position limit :limit",
                        Map.of("position", position, "limit", limit))
                .toList();
    }

    Optional<Row> at(long position) {
        return rows("where position = :position", Map.of("position", position)).findFirst();
    }

    Optional<Row> at(UUID chain, int number) {
        return rows("where chain = :chain and number = :number", Map.of("chain", chain, "number", number))
                .findFirst();
    }

    private Stream<Row> rows(String condition, Map<String, Object> values) {
        return tuples(
                        "select position, chain, number, sealed_at, entries, previous_sha256, sha256, store_sha256 from seal "
                                + condition,
                        values)
                .map(row -> new Row(
                        row.get("position", Long.class),
                        new SealText.Head(
                                row.get("chain", UUID.class),
                                row.get("number", Integer.class),
                                row.get("entries", Integer.class),
                                row.get("previous_sha256", String.class),
                                row.get("sealed_at", Instant.class)),
                        row.get("sha256", String.class),
                        row.get("store_sha256", String.class)));
    }

    /** Plain JDBC in two round trips: the job writes as many rows as all writers together. */
    void insert(List<Row> seals, List<Entry> entries, String floor) {
        database.unwrap(Session.class).doWork(connection -> {
            insertSeals(connection, seals, floor);
            insertEntries(connection, entries);
        });
    }

    private static void insertSeals(Connection connection, List<Row> seals, String floor) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into seal (position, chain, number, sealed_at, entries, previous_sha256, sha256, store_sha256, floor)
                values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as xid8))""")) {
            for (Row seal : seals) {
                insert.setLong(1, seal.position());
                insert.setObject(2, seal.head().chain());
                insert.setInt(3, seal.head().number());
                insert.setObject(4, OffsetDateTime.ofInstant(seal.head().sealedAt(), ZoneOffset.UTC));
                insert.setInt(5, seal.head().entries());
                insert.setString(6, seal.head().previousSha256());
                insert.setString(7, seal.sha256());
                insert.setString(8, seal.storeSha256());
                insert.setString(9, floor);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertEntries(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into seal_entry (seq, position, ordinal, artifact_id, content) select * from unnest(?, ?, ?, ?, ?)")) {
            setArray(insert, 1, "int8", entries, entry -> entry.change().seq());
            setArray(insert, 2, "int8", entries, Entry::position);
            setArray(insert, 3, "int4", entries, Entry::ordinal);
            setArray(insert, 4, "uuid", entries, entry -> entry.change().artifactId());
            setArray(insert, 5, "text", entries, Entry::line);
            insert.executeUpdate();
        }
    }

    private static void setArray(
            PreparedStatement statement,
            int place,
            String type,
            List<Entry> entries,
            Function<Entry, @Nullable Object> value)
            throws SQLException {
        statement.setArray(
                place,
                statement
                        .getConnection()
                        .createArrayOf(type, entries.stream().map(value).toArray()));
    }

    /** The lines of a seal in their order, each beside its change. */
    List<Sealed> lines(long position) {
        return tuples("select e.seq as line_seq, e.content, " + CHANGE + """
                         from seal_entry e left join change c on c.seq = e.seq
                        where e.position = :position order by e.ordinal""", Map.of("position", position))
                .map(row -> new Sealed(
                        row.get("line_seq", Long.class),
                        row.get("content", String.class),
                        row.get("seq") == null ? null : change(row)))
                .toList();
    }

    /** Which of these artifacts have no row. */
    List<UUID> withoutRow(Collection<UUID> artifacts) {
        List<?> there = artifacts.isEmpty()
                ? List.of()
                : database.createNativeQuery("select id from artifact where id in (:ids)", UUID.class)
                        .setParameter("ids", artifacts)
                        .getResultList();
        return artifacts.stream().filter(id -> !there.contains(id)).toList();
    }

    /** The newest change of each of these artifacts with its line, if it is sealed. One without any change is absent. */
    Map<UUID, Newest> newestOf(Collection<UUID> artifacts) {
        if (artifacts.isEmpty()) {
            return Map.of();
        }
        return tuples("""
                        select distinct on (c.artifact_id) c.artifact_id, c.seq, c.kind, c.content_sha256, e.content
                        from change c left join seal_entry e on e.seq = c.seq
                        where c.artifact_id in (:ids) order by c.artifact_id, c.seq desc""", Map.of("ids", artifacts))
                .map(row -> new Newest(
                        row.get("artifact_id", UUID.class),
                        row.get("seq", Long.class),
                        row.get("kind", String.class),
                        row.get("content_sha256", String.class),
                        row.get("content", String.class)))
                .collect(Collectors.toMap(Newest::artifactId, newest -> newest));
    }

    /** Changes of a chain that no seal tells of yet. */
    List<Change> waiting(UUID chain, int limit) {
        // As the index of changes has it: an expression over the column would read them all.
        String ofChain =
                chain.equals(NO_EXECUTION) ? "c.execution_uuid is null" : "c.execution_uuid = cast(:chain as uuid)";
        Map<String, Object> values = new HashMap<>(Map.of("limit", limit));
        if (!chain.equals(NO_EXECUTION)) {
            values.put("chain", chain.toString());
        }
        return tuples("select " + CHANGE + " from change c where " + ofChain + """
                         and not exists (select 1 from seal_entry e where e.seq = c.seq)
                        order by c.seq limit :limit""", values)
                .map(SealRepository::change)
                .toList();
    }

    long waiting() {
        return ((Number) database.createNativeQuery(
                                "select count(*) from change c where not exists (select 1 from seal_entry e where e.seq = c.seq)")
                        .getSingleResult())
                .longValue();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private Stream<Tuple> tuples(String sql, Map<String, Object> values) {
        Query query = database.createNativeQuery(sql, Tuple.class);
        values.forEach(query::setParameter);
        return query.getResultList().stream();
    }

    private static Change change(Tuple row) {
        UUID execution = row.get("execution_uuid", UUID.class);
        return new Change(
                row.get("seq", Long.class),
                row.get("txid", String.class),
                row.get("kind", String.class),
                row.get("at", Instant.class),
                row.get("actor", String.class),
                row.get("artifact_id", UUID.class),
                row.get("type", String.class),
                row.get("symbol", String.class),
                row.get("content_sha256", String.class),
                execution == null ? NO_EXECUTION : execution,
                row.get("dag_id", String.class),
                row.get("execution_id", String.class),
                row.get("detail", String.class));
    }
}
