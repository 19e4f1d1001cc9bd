package dev.signalwright.artifacts.lineage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Artifacts and the lines between them.
 *
 * @param nodes nearest first, then by time of storing
 * @param edges every line between two of the nodes
 * @param cut why there is more than is shown; empty when this is all
 */
public record Graph(List<Node> nodes, List<Edge> edges, Optional<String> cut) {
    public Graph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * @param depth steps from the artifact asked for: negative towards what it was made from, positive towards what was made
     *     from it, 0 for itself; in the graph of a run always 0
     * @param execution the run it belongs to
     * @param deleted a tombstone: it was here, its content is gone
     */
    public record Node(
            UUID id,
            int depth,
            String type,
            String name,
            Optional<String> symbol,
            Optional<String> taskId,
            Optional<Integer> tryNumber,
            String origin,
            Optional<String> action,
            String contentSha256,
            Instant createdAt,
            Optional<UUID> execution,
            boolean deleted) {}

    /** {@code to} was made from {@code from}. */
    public record Edge(UUID from, UUID to) {}
}
