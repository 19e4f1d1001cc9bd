package dev.signalwright.artifacts.lineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.QueryParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;

/** The graph of a run over HTTP. */
@Path("/api/executions/{id}/graph")
@Produces(MediaType.APPLICATION_JSON)
public class GraphResource {
    private final Lines lines;

    GraphResource(Lines lines) {
        this.lines = lines;
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode graph(@PathParam("id") String id, @Context UriInfo address) {
        int most = QueryParameters.of(address.getQueryParameters(), Set.of("limit"))
                .number("limit", 1, LineageResource.MOST)
                .orElse(LineageResource.USUAL);
        return lines.ofExecution(LineageResource.uuid(id, "execution"), most)
                .map(GraphJson::of)
                .orElseThrow(() -> LineageResource.missing(id, "execution"));
    }
}
