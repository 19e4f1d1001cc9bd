package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** Checking the whole store over HTTP. */
@Path("/api/verify")
@Produces(MediaType.APPLICATION_JSON)
public class VerifyResource {
    private static final int USUAL_LIMIT = 200;
    private static final int MOST = 1_000;

    private final Seals seals;

    VerifyResource(Seals seals) {
        this.seals = seals;
    }

    /** A page of the whole store; {@code next_cursor} leads on. With {@code head} only that noted value is compared. */
    @GET
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
        return VerificationJson.of(seals.verifyPage(cursor, many));
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
}
