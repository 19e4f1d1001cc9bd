package dev.signalwright.artifacts.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;

/** Retention over HTTP. */
@Path("/api/retention")
@Produces(MediaType.APPLICATION_JSON)
public class RetentionResource {
    private final Retention retention;
    private final SecurityIdentity caller;

    RetentionResource(Retention retention, SecurityIdentity caller) {
        this.retention = retention;
        this.caller = caller;
    }

    /** Rules, what they would take now, holds and the last runs. */
    @GET
    @RolesAllowed("operator")
    public ObjectNode look() {
        ObjectNode json = due();
        var holds = json.putArray("holds");
        retention.holds().forEach(hold -> holds.add(HoldResource.of(hold)));
        var runs = json.putArray("runs");
        retention.runs().forEach(run -> runs.add(of(run)));
        return json;
    }

    /** Takes what is due now; {@code dry_run} says what that would be. */
    @POST
    @Path("/run")
    @RolesAllowed("operator")
    public ObjectNode run(@RestQuery("dry_run") @DefaultValue("false") boolean dryRun) {
        return dryRun ? due() : of(retention.run(caller.getPrincipal().getName()));
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
}
