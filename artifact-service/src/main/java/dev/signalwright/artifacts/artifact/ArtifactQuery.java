package dev.signalwright.artifacts.artifact;

import java.util.Map;
import java.util.Optional;

/**
 * Which artifacts, in which order, from where on.
 *
 * @param filters what must hold; values are of the filter's type
 * @param words what must be found in name, symbol, reasoning or prompt
 * @param sort the order
 * @param descending whether the largest come first
 * @param cursor where the page before ended; of this order
 * @param limit at most this many, 1 to {@link #MOST}
 */
public record ArtifactQuery(
        Map<ArtifactFilter, Object> filters,
        Optional<String> words,
        ArtifactSort sort,
        boolean descending,
        Optional<PageCursor> cursor,
        int limit) {
    /** The largest page. */
    public static final int MOST = 500;

    public ArtifactQuery {
        filters = Map.copyOf(filters);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
        }
    }

    /** In the order of storing. */
    public ArtifactQuery(
            Map<ArtifactFilter, Object> filters, boolean newestFirst, Optional<PageCursor> cursor, int limit) {
        this(filters, Optional.empty(), ArtifactSort.CREATED_AT, newestFirst, cursor, limit);
    }

    /** Whether it stays within one run, whose artifacts are few enough to be sorted by anything. */
    boolean isOfOneRun() {
        return filters.containsKey(ArtifactFilter.EXECUTION_ID) || filters.containsKey(ArtifactFilter.EXECUTION_UUID);
    }
}
