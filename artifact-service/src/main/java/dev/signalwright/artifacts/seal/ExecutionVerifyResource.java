package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.execution.Execution;
import dev.signalwright.artifacts.execution.Executions;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;

/** Checking one run over HTTP. */
@Path("/api/executions/{id}/verify")
@Produces(MediaType.APPLICATION_JSON)
public class ExecutionVerifyResource {
    private final Seals seals;
    private final Executions executions;

    ExecutionVerifyResource(Seals seals, Executions executions) {
        this.seals = seals;
        this.executions = executions;
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode verify(@PathParam("id") String id) {
        UUID execution = uuid(id).flatMap(executions::find)
                .map(Execution::id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "No execution has the id " + id + "."));
        return VerificationJson.of(seals.verify(execution)).put("execution", execution.toString());
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
