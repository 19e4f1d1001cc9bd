package dev.signalwright.artifacts.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the rows of a page. Callers hold the transaction. Every statement is put together from the conditions of enums;
 * what a client sends travels as parameters only.
 */
@ApplicationScoped
class ArtifactListing {
    /**
     * Words are first looked for in so many of the newest artifacts: frequent ones fill a page from these. Words that do not
     * are rare enough for the index of words.
     */
    private static final int NEAREST = 5_000;

    private static final String WORDS = "w.words @@ websearch_to_tsquery('english', :words)";

    private final EntityManager database;

    ArtifactListing(EntityManager database) {
        this.database = database;
    }

    /**
     * A page's place and weight, read before its content.
     *
     * @param value what the list is sorted by, as text
     * @param bytes of its canonical content
     */
    record Row(UUID id, String value, int bytes) {}

    /** One row more than asked for when there are more. */
    List<Row> rows(ArtifactQuery query) {
        if (query.words().isEmpty()) {
            return rows(query, "artifact a", query.sort().expression(), "a.id");
        }
        if (query.isOfOneRun()) {
            return rows(
                    query,
                    "artifact a join catalog_entry w on w.artifact_id = a.id and " + WORDS,
                    query.sort().expression(),
                    "a.id");
        }
        List<Row> near = found(query, nearest(query), "where " + WORDS);
        return near.size() > query.limit() ? near : found(query, "catalog_entry", "where " + WORDS);
    }

    /** Entries in the list's order, so that no more artifacts are looked at than the page needs. */
    private List<Row> found(ArtifactQuery query, String entries, String where) {
        String direction = query.descending() ? "desc" : "asc";
        String narrowed = Stream.of(ArtifactFilter.TYPE, ArtifactFilter.ORIGIN)
                .filter(query.filters()::containsKey)
                .map(filter -> " and w." + filter.parameter() + " = :" + filter.parameter())
                .collect(Collectors.joining());
        return rows(
                query, """
                (select w.artifact_id, w.created_at from %s w %s%s
                 order by w.created_at %s, w.artifact_id %s offset 0) e
                join artifact a on a.id = e.artifact_id""".formatted(entries, where, narrowed, direction, direction), "e.created_at", "e.artifact_id");
    }

    /** The entries of the catalogue that come next in the list's order. */
    private static String nearest(ArtifactQuery query) {
        String direction = query.descending() ? "desc" : "asc";
        String from = query.cursor().isEmpty()
                ? ""
                : "where (created_at, artifact_id) %s (cast(:cursor_value as timestamptz), :cursor_id)"
                        .formatted(query.descending() ? "<" : ">");
        return "(select * from catalog_entry %s order by created_at %s, artifact_id %s limit %d)"
                .formatted(from, direction, direction, NEAREST);
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private List<Row> rows(ArtifactQuery query, String from, String value, String id) {
        String direction = query.descending() ? "desc" : "asc";
        String paging = query.cursor().isEmpty()
                ? ""
                : " and (%s, %s) %s (cast(:cursor_value as %s), :cursor_id)"
                        .formatted(
                                value,
                                id,
                                query.descending() ? "<" : ">",
                                query.sort().sqlType());
        String sql = "select a.id, %s as value, a.canonical_size from %s where %s%s order by %s %s, %s %s limit %d"
                .formatted(value, from, conditions(query), paging, value, direction, id, direction, query.limit() + 1);
        Query listing = database.createNativeQuery(sql, Tuple.class);
        bind(listing, query);
        query.cursor()
                .ifPresent(cursor ->
                        listing.setParameter("cursor_value", cursor.value()).setParameter("cursor_id", cursor.id()));
        return ((List<Tuple>) listing.getResultList())
                .stream()
                        .map(row -> new Row(
                                row.get("id", UUID.class),
                                String.valueOf(row.get("value")),
                                row.get("canonical_size", Integer.class)))
                        .toList();
    }

    /** How many the filters let through, counting no further than the bound. */
    long count(ArtifactQuery query, int bound) {
        String from = query.words().isEmpty()
                ? "artifact a"
                : "artifact a join catalog_entry w on w.artifact_id = a.id and " + WORDS;
        Query counting = database.createNativeQuery(
                "select count(*) from (select 1 from %s where %s limit %d) counted"
                        .formatted(from, conditions(query), bound),
                Long.class);
        bind(counting, query);
        return (Long) counting.getSingleResult();
    }

    private static String conditions(ArtifactQuery query) {
        return Stream.of(
                        Stream.of("a.deleted_at is null"),
                        query.filters().keySet().stream().sorted().map(ArtifactFilter::condition))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" and "));
    }

    private static void bind(Query statement, ArtifactQuery query) {
        query.words().ifPresent(words -> statement.setParameter("words", words));
        query.filters().forEach((filter, value) -> statement.setParameter(filter.parameter(), value));
    }

    /** The cursor that goes on after a row. */
    static PageCursor after(ArtifactQuery query, Row row) {
        return new PageCursor(query.sort().word(), row.value(), row.id());
    }
}
