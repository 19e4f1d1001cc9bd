package dev.signalwright.worker.tws.host;

import java.time.Duration;
import java.util.Map;

/**
 * How often a web gateway may be asked.
 *
 * @param most requests within {@code window}, whatever they ask for
 * @param apart the least time between two requests for the same path, for the paths that have one
 */
public record RequestRule(int most, Duration window, Map<String, Duration> apart) {
    public RequestRule {
        apart = Map.copyOf(apart);
    }

    Duration longest() {
        return apart.values().stream().reduce(window, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }
}
