package dev.signalwright.artifacts.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Legal holds over HTTP. */
@Path("/api/executions/{id}/hold")
@Produces(MediaType.APPLICATION_JSON)
public class HoldResource {
    private static final int LONGEST_REASON = 500;

    private final Retention retention;
    private final SecurityIdentity caller;

    HoldResource(Retention retention, SecurityIdentity caller) {
        this.retention = retention;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode hold(@PathParam("id") String id) {
        return of(retention.hold(uuid(id)).orElseThrow(() -> nothing("The run " + id + " is not on hold.")));
    }

    /** Body: {@code {"reason": "..."}}. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("operator")
    public ObjectNode place(@PathParam("id") String id, JsonNode body) {
        String reason = body == null ? "" : body.path("reason").asText("").strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw ProblemException.ofField(
                    ProblemType.NOT_VALID, "reason", "must say why, in at most " + LONGEST_REASON + " characters");
        }
        UUID execution = uuid(id);
        if (!retention.place(execution, reason, caller.getPrincipal().getName())) {
            throw nothing("No execution has the id " + id + ".");
        }
        return hold(id);
    }

    @DELETE
    @RolesAllowed("operator")
    public void lift(@PathParam("id") String id) {
        retention.lift(uuid(id));
    }

    static ObjectNode of(Retention.Hold hold) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("execution", hold.execution().toString())
                .put("dag_id", hold.dagId())
                .put("run_id", hold.runId())
                .put("reason", hold.reason())
                .put("placed_by", hold.placedBy())
                .put("placed_at", hold.placedAt().toString());
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw nothing("No execution has the id " + id + ".");
        }
    }

    private static ProblemException nothing(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, what);
    }
}
