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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** Retention and holds over HTTP. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class RetentionResource {
    private static final int LONGEST_REASON = 500;

    private final Retention retention;
    private final SecurityIdentity caller;

    RetentionResource(Retention retention, SecurityIdentity caller) {
        this.retention = retention;
        this.caller = caller;
    }

    /** Rules, what they would take now, holds and the last runs. */
    @GET
    @Path("/retention")
    @RolesAllowed("operator")
    public ObjectNode look() {
        ObjectNode json = due();
        var holds = json.putArray("holds");
        retention.holds().forEach(hold -> holds.add(of(hold)));
        var runs = json.putArray("runs");
        retention.runs().forEach(run -> runs.add(of(run)));
        return json;
    }

    /** Takes what is due now; {@code dry_run} says what that would be. */
    @POST
    @Path("/retention/run")
    @RolesAllowed("operator")
    public ObjectNode run(@RestQuery("dry_run") @DefaultValue("false") boolean dryRun) {
        return dryRun ? due() : of(retention.run(caller.getPrincipal().getName()));
    }

    @GET
    @Path("/executions/{id}/hold")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode hold(@PathParam("id") String id) {
        return of(retention.hold(uuid(id)).orElseThrow(() -> nothing("The run " + id + " is not on hold.")));
    }

    /** Body: {@code {"reason": "..."}}. */
    @PUT
    @Path("/executions/{id}/hold")
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
    @Path("/executions/{id}/hold")
    @RolesAllowed("operator")
    public void lift(@PathParam("id") String id) {
        retention.lift(uuid(id));
    }

    private ObjectNode due() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var rules = json.putArray("rules");
        retention
                .due()
                .forEach(due -> rules.addObject()
                        .put("type", due.rule().type().wire())
                        .put("age", due.rule().age().toString())
                        .put("before", due.before().toString())
                        .put("artifacts", due.artifacts())
                        .put("bytes", due.bytes())
                        .put("held", due.held()));
        return json;
    }

    private static ObjectNode of(Retention.Run run) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("started_at", run.startedAt().toString())
                .put("ended_at", run.endedAt().toString())
                .put("actor", run.actor())
                .put("artifacts", run.artifacts())
                .put("bytes", run.bytes())
                .put("rules", run.rules());
    }

    private static ObjectNode of(Retention.Hold hold) {
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
