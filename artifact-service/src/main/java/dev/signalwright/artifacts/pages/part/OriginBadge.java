package dev.signalwright.artifacts.pages.part;

import dev.signalwright.artifacts.artifact.Origin;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The mark of data that is not live.
 *
 * @param text empty for live data, which needs no mark
 * @param meaning one sentence for the tooltip and for screen readers
 */
public record OriginBadge(String text, String meaning) {
    static final OriginBadge NONE = new OriginBadge("", "");

    public static OriginBadge of(Origin origin, Optional<Instant> asOf) {
        return switch (origin) {
            case LIVE -> NONE;
            case REPLAYED ->
                new OriginBadge(
                        "REPLAYED"
                                + asOf.map(at -> " " + Moment.dateInNewYork(at)).orElse(""),
                        "Made from history as if it were that day; it never reaches a real account.");
            case SIMULATED ->
                new OriginBadge("SIMULATED", "Made from invented prices; it says nothing about a market.");
            case DELAYED -> new OriginBadge("DELAYED", "Made from delayed prices; it never reaches a real account.");
            case UNKNOWN ->
                new OriginBadge(
                        "ORIGIN UNKNOWN",
                        "Its sender did not say where the data came from; it never becomes an order.");
        };
    }

    /** The worst origin that was stated; unknown only when nobody stated one. */
    public static Origin worst(Collection<Origin> origins) {
        return origins.stream()
                .filter(origin -> origin != Origin.UNKNOWN)
                .max(Origin::compareTo)
                .orElse(origins.isEmpty() ? Origin.LIVE : Origin.UNKNOWN);
    }
}
