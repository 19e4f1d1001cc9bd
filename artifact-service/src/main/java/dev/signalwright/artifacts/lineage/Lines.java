package dev.signalwright.artifacts.lineage;

import dev.signalwright.artifacts.lineage.Graph.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Walks the lines, one query a level, no further than asked: a foreign client may link anything with anything. */
@ApplicationScoped
class Lines {
    private final LineageRepository lines;

    Lines(LineageRepository lines) {
        this.lines = lines;
    }

    /**
     * What an artifact, or a tombstone, is linked to. Empty when the id was never here.
     *
     * @param deepest steps to go in each direction
     * @param most nodes of the answer
     */
    @Transactional
    Optional<Graph> around(UUID id, Direction direction, int deepest, int most) {
        if (lines.nodes(List.of(id)).isEmpty()) {
            return Optional.empty();
        }
        Walk walk = new Walk(id, deepest, most);
        if (direction != Direction.DOWNSTREAM) {
            walk.go(-1, lines::parents);
        }
        if (direction != Direction.UPSTREAM) {
            walk.go(1, lines::children);
        }
        return Optional.of(graph(walk.depths, walk.cut()));
    }

    /** Everything of a run, the oldest first, and the lines within it. Empty when there is no such run. */
    @Transactional
    Optional<Graph> ofExecution(UUID execution, int most) {
        if (!lines.isExecution(execution)) {
            return Optional.empty();
        }
        List<UUID> found = lines.ofExecution(execution, most + 1);
        Map<UUID, Integer> depths = new HashMap<>();
        found.stream().limit(most).forEach(id -> depths.put(id, 0));
        return Optional.of(graph(depths, found.size() > most ? Optional.of("limit") : Optional.empty()));
    }

    private Graph graph(Map<UUID, Integer> depths, Optional<String> cut) {
        List<Node> nodes = lines.nodes(depths.keySet()).stream()
                .map(node -> at(node, depths.getOrDefault(node.id(), 0)))
                .sorted(Comparator.comparingInt((Node node) -> Math.abs(node.depth()))
                        .thenComparing(Node::createdAt)
                        .thenComparing(Node::id))
                .toList();
        return new Graph(nodes, lines.edges(depths.keySet()), cut);
    }

    private static Node at(Node node, int depth) {
        return new Node(
                node.id(),
                depth,
                node.type(),
                node.name(),
                node.symbol(),
                node.taskId(),
                node.tryNumber(),
                node.origin(),
                node.action(),
                node.contentSha256(),
                node.createdAt(),
                node.execution(),
                node.deleted());
    }

    /** Level by level away from one artifact. */
    private static final class Walk {
        private final Map<UUID, Integer> depths = new HashMap<>();
        private final UUID start;
        private final int deepest;
        private final int most;
        private boolean tooDeep;
        private boolean tooMany;

        Walk(UUID start, int deepest, int most) {
            this.start = start;
            this.deepest = deepest;
            this.most = most;
            depths.put(start, 0);
        }

        void go(int step, BiFunction<Collection<UUID>, Integer, List<UUID>> next) {
            List<UUID> level = List.of(start);
            for (int depth = 1; depth <= deepest && !level.isEmpty() && !tooMany; depth++) {
                level = keepNew(next.apply(level, depths.size() + most + 1), depth * step);
            }
            boolean goesOn = !level.isEmpty()
                    && next.apply(level, depths.size() + 1).stream().anyMatch(id -> !depths.containsKey(id));
            tooDeep |= goesOn && !tooMany;
        }

        private List<UUID> keepNew(List<UUID> found, int depth) {
            List<UUID> fresh =
                    found.stream().filter(id -> !depths.containsKey(id)).toList();
            int room = most - depths.size();
            tooMany |= fresh.size() > room;
            List<UUID> kept = fresh.subList(0, Math.min(room, fresh.size()));
            kept.forEach(id -> depths.put(id, depth));
            return kept;
        }

        Optional<String> cut() {
            if (tooMany) {
                return Optional.of("limit");
            }
            return tooDeep ? Optional.of("depth") : Optional.empty();
        }
    }
}
