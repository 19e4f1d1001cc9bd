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
    static final String WORDS = "w.words @@ websearch_to_tsquery('english', :words)";

    private final EntityManager database;
    private final ArtifactSearch search;

    ArtifactListing(EntityManager database, ArtifactSearch search) {
        this.database = database;
        this.search = search;
    }

    /**
     * A page's place and weight, read before its content.
     *
     * @param value what the list is sorted by, as text
     * @param bytes of its canonical content
     */
    record Row(UUID id, String value, int bytes) {
        static Row of(Tuple row) {
            return new Row(
                    row.get("id", UUID.class),
                    String.valueOf(row.get("value")),
                    row.get("canonical_size", Integer.class));
        }
    }

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
        return search.rows(query);
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
        return ((List<Tuple>) listing.getResultList()).stream().map(Row::of).toList();
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

    static String conditions(ArtifactQuery query) {
        return Stream.of(
                        Stream.of("a.deleted_at is null"),
                        query.filters().keySet().stream().sorted().map(ArtifactFilter::condition))
                .flatMap(parts -> parts)
                .collect(Collectors.joining(" and "));
    }

    static void bind(Query statement, ArtifactQuery query) {
        query.words().ifPresent(words -> statement.setParameter("words", words));
        query.filters().forEach((filter, value) -> statement.setParameter(filter.parameter(), value));
    }

    /** The cursor that goes on after a row. */
    static PageCursor after(ArtifactQuery query, Row row) {
        return new PageCursor(query.sort().word(), row.value(), row.id());
    }
}
