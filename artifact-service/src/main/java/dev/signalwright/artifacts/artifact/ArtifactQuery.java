package dev.signalwright.artifacts.artifact;

import java.util.Map;
import java.util.Optional;

/**
 * Which artifacts, in which order, from where on.
 *
 * @param filters what must hold; values are of the filter's type
 * @param newestFirst the order by time of storing
 * @param cursor where the page before ended
 * @param limit at most this many, 1 to {@link #MOST}
 */
public record ArtifactQuery(
        Map<ArtifactFilter, Object> filters, boolean newestFirst, Optional<PageCursor> cursor, int limit) {
    /** The largest page. */
    public static final int MOST = 500;

    public ArtifactQuery {
        filters = Map.copyOf(filters);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
        }
    }
}
