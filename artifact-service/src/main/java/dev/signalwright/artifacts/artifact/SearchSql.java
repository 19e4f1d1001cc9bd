package dev.signalwright.artifacts.artifact;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of one search. A lane is what is looked through in the list's order: the artifacts of a type or a symbol by
 * their own index, so that a rare type is a short lane; without either, the catalogue by time.
 */
final class SearchSql {
    /** Looking at one artifact of a type takes five times as long as looking at the next entry of the catalogue. */
    private static final int FIRST_OF_TYPE = 2_000;

    private static final int MOST_OF_TYPE = 20_000;
    private static final int FIRST = 5_000;
    private static final int MOST = 60_000;

    private static final List<ArtifactFilter> TIMES =
            List.of(ArtifactFilter.CREATED_AFTER, ArtifactFilter.CREATED_BEFORE);
    private static final List<ArtifactFilter> INDEXED = List.of(ArtifactFilter.TYPE, ArtifactFilter.SYMBOL);

    private final ArtifactQuery query;
    private final boolean typed;
    private final String direction;
    private final String beyond;
    private final String upTo;

    SearchSql(ArtifactQuery query) {
        this.query = query;
        this.typed = INDEXED.stream().anyMatch(query.filters()::containsKey);
        this.direction = query.descending() ? "desc" : "asc";
        this.beyond = query.descending() ? "<" : ">";
        this.upTo = query.descending() ? ">=" : "<=";
    }

    int firstStretch() {
        return typed ? FIRST_OF_TYPE : FIRST;
    }

    /** No more are looked at one by one. */
    int longestLook() {
        return typed ? MOST_OF_TYPE : MOST;
    }

    /** What narrows the lane itself. */
    List<ArtifactFilter> laneFilters() {
        return Stream.concat(TIMES.stream(), typed ? INDEXED.stream() : Stream.of())
                .filter(query.filters()::containsKey)
                .toList();
    }

    /** The last artifact of a stretch. */
    String end(int stretch, boolean isGoingOn) {
        return "select a.%s as id, a.created_at from %s order by a.created_at %s, a.%s %s offset %d limit 1"
                .formatted(id(), lane(isGoingOn), direction, id(), direction, stretch - 1);
    }

    /** What is found in a stretch. */
    String stretch(int stretch, boolean isGoingOn, boolean hasEnd) {
        String end = hasEnd
                ? " and (a.created_at, a.%s) %s (cast(:end_value as timestamptz), :end_id)".formatted(id(), upTo)
                : "";
        // The planner learns from the limit how little a stretch is. Twice as many: what comes in after its end was
        // looked up
        // must not push others out.
        String entries = "(select a.* from %s%s order by a.created_at %s, a.%s %s limit %d)"
                .formatted(lane(isGoingOn), end, direction, id(), direction, 2 * stretch);
        return page(
                typed
                        ? """
                        select e.id as artifact_id, e.created_at from %s e
                        cross join lateral (select from catalog_entry w
                            where w.artifact_id = e.id and %s%s offset 0) w
                        order by e.created_at %s, e.id %s""".formatted(entries, ArtifactListing.WORDS, narrowed(), direction, direction)
                        : """
                        select w.artifact_id, w.created_at from %s w where %s%s
                        order by w.created_at %s, w.artifact_id %s""".formatted(entries, ArtifactListing.WORDS, narrowed(), direction, direction));
    }

    /** What the index of words finds, in the list's order. */
    String rest(boolean isGoingOn) {
        String from = isGoingOn
                ? " and (w.created_at, w.artifact_id) %s (cast(:from_value as timestamptz), :from_id)".formatted(beyond)
                : "";
        return page(
                """
                select w.artifact_id, w.created_at from catalog_entry w where %s%s%s%s
                order by w.created_at %s, w.artifact_id %s""".formatted(ArtifactListing.WORDS, narrowed(), from, conditions(TIMES, "w."), direction, direction));
    }

    /** Found entries in their order, so that no more artifacts are looked at than the page needs. */
    private String page(String entries) {
        return """
                select a.id, e.created_at as value, a.canonical_size
                from (%s offset 0) e join artifact a on a.id = e.artifact_id
                where %s order by e.created_at %s, e.artifact_id %s""".formatted(entries, ArtifactListing.conditions(query), direction, direction);
    }

    private String lane(boolean isGoingOn) {
        String from = isGoingOn
                ? " and (a.created_at, a.%s) %s (cast(:from_value as timestamptz), :from_id)".formatted(id(), beyond)
                : "";
        return (typed ? "artifact a where a.deleted_at is null" : "catalog_entry a where true")
                + conditions(laneFilters(), "a.")
                + from;
    }

    private String id() {
        return typed ? "id" : "artifact_id";
    }

    private String narrowed() {
        return conditions(List.of(ArtifactFilter.TYPE, ArtifactFilter.ORIGIN), "w.");
    }

    private String conditions(List<ArtifactFilter> filters, String alias) {
        return filters.stream()
                .filter(query.filters()::containsKey)
                .map(filter -> " and " + filter.condition().replace("a.", alias))
                .collect(Collectors.joining());
    }
}
