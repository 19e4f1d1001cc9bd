package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.jboss.resteasy.reactive.RestQuery;

/** Checking the store over HTTP. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
public class VerifyResource {
    private static final int USUAL_LIMIT = 200;
    private static final int MOST = 1_000;

    private final Seals seals;
    private final Executions executions;

    VerifyResource(Seals seals, Executions executions) {
        this.seals = seals;
        this.executions = executions;
    }

    @GET
    @Path("/executions/{id}/verify")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode execution(@PathParam("id") String id) {
        UUID uuid = uuid(id).flatMap(executions::find)
                .map(execution -> execution.id())
                .orElseThrow(() -> missing(id));
        return json(seals.verify(uuid)).put("execution", uuid.toString());
    }

    /** A page of the whole store; {@code next_cursor} leads on. With {@code head} only that noted value is compared. */
    @GET
    @Path("/verify")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode store(
            @RestQuery Optional<String> cursor, @RestQuery Optional<Integer> limit, @RestQuery Optional<String> head) {
        if (head.isPresent()) {
            return compare(head.get());
        }
        cursor.filter(text -> !text.matches("\\d{1,18}|a[A-Za-z0-9_=-]{0,100}")).ifPresent(text -> {
            throw ProblemException.ofField(ProblemType.NOT_VALID, "cursor", "is not one that this service gave");
        });
        int many = limit.orElse(USUAL_LIMIT);
        if (many < 1 || many > MOST) {
            throw ProblemException.ofField(ProblemType.NOT_VALID, "limit", "must be between 1 and " + MOST);
        }
        return json(seals.verifyPage(cursor, many));
    }

    private ObjectNode compare(String noted) {
        if (!noted.matches("\\d{1,18}:[0-9a-f]{64}")) {
            throw ProblemException.ofField(
                    ProblemType.NOT_VALID, "head", "must look like 1234:<64 hexadecimal digits>");
        }
        Optional<String> now = seals.headAt(Long.parseLong(noted.substring(0, noted.indexOf(':'))))
                .map(Verification.Head::text);
        return JsonNodeFactory.instance
                .objectNode()
                .put("noted", noted)
                .put("now", now.orElse(null))
                .put("sound", now.equals(Optional.of(noted)));
    }

    private static ObjectNode json(Verification found) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("sound", found.isSound())
                .put("artifacts", found.artifacts())
                .put("blobs", found.blobs())
                .put("changes", found.changes())
                .put("seals", found.seals())
                .put("waiting", found.waiting());
        var broken = json.putArray("broken");
        found.broken().forEach(one -> {
            ObjectNode item = broken.addObject();
            one.artifactId().ifPresent(id -> item.put("artifact_id", id.toString()));
            one.chain().ifPresent(id -> item.put("chain", id.toString()));
            if (one.seq() > 0) {
                item.put("change", one.seq());
            }
            item.put("what", one.what());
        });
        json.put("head", found.head().map(Verification.Head::text).orElse(null));
        return json.put("next_cursor", found.next().orElse(null));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ProblemException missing(String id) {
        return new ProblemException(ProblemType.NOT_FOUND, "No execution has the id " + id + ".");
    }
}
