package dev.signalwright.artifacts.lineage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON of graphs. */
final class GraphJson {
    private GraphJson() {}

    static ObjectNode of(Graph graph) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var nodes = json.putArray("nodes");
        graph.nodes().forEach(node -> nodes.add(of(node)));
        var edges = json.putArray("edges");
        graph.edges()
                .forEach(edge -> edges.addObject()
                        .put("from", edge.from().toString())
                        .put("to", edge.to().toString()));
        return json.put("cut", graph.cut().orElse(null));
    }

    private static ObjectNode of(Graph.Node node) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", node.id().toString())
                .put("depth", node.depth())
                .put("type", node.type())
                .put("name", node.name());
        node.symbol().ifPresent(symbol -> json.put("symbol", symbol));
        node.taskId().ifPresent(task -> json.put("task_id", task));
        node.tryNumber().ifPresent(number -> json.put("try_number", number));
        json.put("origin", node.origin());
        node.action().ifPresent(action -> json.put("action", action));
        json.put("content_sha256", node.contentSha256());
        json.put("created_at", node.createdAt().toString());
        node.execution().ifPresent(execution -> json.put("execution", execution.toString()));
        return json.put("deleted", node.deleted());
    }
}
