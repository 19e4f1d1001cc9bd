package dev.signalwright.artifacts.lineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.QueryParameters;
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
import java.util.Set;
import java.util.UUID;

/** The line of one artifact over HTTP. */
@Path("/api/artifacts/{id}/lineage")
@Produces(MediaType.APPLICATION_JSON)
public class LineageResource {
    private static final int DEEPEST = 32;
    private static final int USUAL_DEPTH = 16;
    static final int MOST = 2_000;
    static final int USUAL = 500;

    private final Lines lines;

    LineageResource(Lines lines) {
        this.lines = lines;
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode lineage(@PathParam("id") String id, @Context UriInfo address) {
        QueryParameters parameters =
                QueryParameters.of(address.getQueryParameters(), Set.of("direction", "depth", "limit"));
        Direction direction = Direction.ofWord(parameters.text("direction").orElse("both"))
                .orElseThrow(() -> QueryParameters.refused("direction", "must be upstream, downstream or both"));
        return lines.around(
                        uuid(id, "artifact"),
                        direction,
                        parameters.number("depth", 1, DEEPEST).orElse(USUAL_DEPTH),
                        parameters.number("limit", 1, MOST).orElse(USUAL))
                .map(GraphJson::of)
                .orElseThrow(() -> missing(id, "artifact"));
    }

    static UUID uuid(String id, String what) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw missing(id, what);
        }
    }

    static ProblemException missing(String id, String what) {
        return new ProblemException(ProblemType.NOT_FOUND, "No " + what + " has the id " + id + ".");
    }
}
