package dev.signalwright.artifacts.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;

/** Executions over HTTP. */
@Path("/api/executions")
@Produces(MediaType.APPLICATION_JSON)
public class ExecutionResource {
    private final Executions executions;

    ExecutionResource(Executions executions) {
        this.executions = executions;
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode list(@Context UriInfo address) {
        return ExecutionJson.of(executions.page(ExecutionParameters.read(address.getQueryParameters())));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode get(@PathParam("id") String id) {
        return ExecutionJson.of(executions.find(uuid(id)).orElseThrow(() -> missing(id)));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw missing(id);
        }
    }

    private static ProblemException missing(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "No execution has the id " + id + ".");
    }
}
