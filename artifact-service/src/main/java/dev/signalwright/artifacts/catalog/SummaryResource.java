package dev.signalwright.artifacts.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Counts of the whole store over HTTP. */
@Path("/api/artifacts/stats")
@Produces(MediaType.APPLICATION_JSON)
public class SummaryResource {
    private final Catalog catalog;

    SummaryResource(Catalog catalog) {
        this.catalog = catalog;
    }

    @GET
    @Path("/summary")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode summary() {
        return json(catalog.summary());
    }

    private static ObjectNode json(Summary summary) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("complete_until", summary.completeUntil().toString());
        json.put("artifacts", total(summary.byType()));
        put(json.putObject("by_type"), summary.byType());
        put(json.putObject("by_origin"), summary.byOrigin());
        json.put("executions", total(summary.executionsByState()));
        put(json.putObject("executions_by_state"), summary.executionsByState());
        json.putObject("bytes").put("json", summary.jsonBytes()).put("blob", summary.blobBytes());
        json.put("first_at", summary.firstAt().map(Object::toString).orElse(null));
        json.put("last_at", summary.lastAt().map(Object::toString).orElse(null));
        return json;
    }

    private static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void put(ObjectNode json, Map<String, Long> counts) {
        counts.forEach(json::put);
    }
}
