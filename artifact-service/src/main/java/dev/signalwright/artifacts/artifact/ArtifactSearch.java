package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactListing.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds words in the whole store, newest or oldest first. The index of words knows no order: by it alone, frequent words would
 * be fetched by the ten thousands for a page of fifty. So artifacts are first looked through in the list's order, a stretch at
 * a time, as long as what was found promises a full page soon. Words that do not are rare enough for the index of words, which
 * is asked for what lies beyond the stretches. Callers hold the transaction.
 */
@ApplicationScoped
class ArtifactSearch {
    private final EntityManager database;

    ArtifactSearch(EntityManager database) {
        this.database = database;
    }

    /** Where a stretch ends: its last artifact in the list's order. */
    private record Place(String createdAt, UUID id) {}

    /** One row more than asked for when there are more. */
    List<Row> rows(ArtifactQuery query) {
        SearchSql sql = new SearchSql(query);
        List<Row> found = new ArrayList<>();
        Optional<Place> from = query.cursor().map(cursor -> new Place(cursor.value(), cursor.id()));
        int looked = 0;
        long next = sql.firstStretch();
        while (looked + next <= sql.longestLook()) {
            Optional<Place> end = end(query, sql, from, (int) next);
            found.addAll(
                    rows(query, sql.stretch((int) next, from.isPresent(), end.isPresent()), from, end, found.size()));
            if (end.isEmpty() || found.size() > query.limit()) {
                return found;
            }
            from = end;
            looked += (int) next;
            next = promise(looked, found.size(), query.limit());
        }
        found.addAll(rows(query, sql.rest(from.isPresent()), from, Optional.empty(), found.size()));
        return found;
    }

    /** How many more must be looked at for a page, judged by those that were, and a half for bad luck. */
    private static long promise(int looked, int found, int limit) {
        return found == 0 ? Integer.MAX_VALUE : (long) looked * (limit + 1 - found) / found * 3 / 2 + 1;
    }

    /** Empty when fewer are left: then the stretch has no end, and what comes in meanwhile is part of it. */
    @SuppressWarnings("unchecked") // a native query has no type
    private Optional<Place> end(ArtifactQuery query, SearchSql sql, Optional<Place> from, int stretch) {
        Query asked = database.createNativeQuery(sql.end(stretch, from.isPresent()), Tuple.class);
        sql.laneFilters()
                .forEach(filter ->
                        asked.setParameter(filter.parameter(), query.filters().get(filter)));
        from.ifPresent(place -> bind(asked, "from", place));
        return ((List<Tuple>) asked.getResultList())
                .stream()
                        .map(row -> new Place(String.valueOf(row.get("created_at")), row.get("id", UUID.class)))
                        .findFirst();
    }

    @SuppressWarnings("unchecked") // a native query has no type
    private List<Row> rows(ArtifactQuery query, String sql, Optional<Place> from, Optional<Place> end, int already) {
        Query asked = database.createNativeQuery(sql, Tuple.class);
        ArtifactListing.bind(asked, query);
        from.ifPresent(place -> bind(asked, "from", place));
        end.ifPresent(place -> bind(asked, "end", place));
        asked.setMaxResults(query.limit() + 1 - already);
        return ((List<Tuple>) asked.getResultList()).stream().map(Row::of).toList();
    }

    private static void bind(Query asked, String name, Place place) {
        asked.setParameter(name + "_value", place.createdAt()).setParameter(name + "_id", place.id());
    }
}
