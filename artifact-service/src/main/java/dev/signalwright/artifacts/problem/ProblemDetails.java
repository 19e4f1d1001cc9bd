package dev.signalwright.artifacts.problem;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** RFC 9457 problem details of anything that is thrown. A bug says its id and nothing else; the log has the rest. */
public final class ProblemDetails {
    private static final int DEEPEST = 10;
    private static final Logger LOG = Logger.getLogger(ProblemDetails.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ProblemDetails() {}

    /** The problem as clients read it. */
    public static ObjectNode json(ProblemException problem) {
        ProblemType type = problem.type();
        ObjectNode body = MAPPER.createObjectNode()
                .put("type", type.uri().toString())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", String.valueOf(problem.getMessage()));
        problem.facts().forEach((name, value) -> body.set(name, MAPPER.valueToTree(value)));
        return body;
    }

    /** What a client is told of a failure; logs what it is not told. */
    public static ProblemException of(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return problem;
        }
        if (DatabaseTrouble.isBehind(thrown)) {
            LOG.warnf("The database does not answer: %s", thrown);
            return new ProblemException(
                    ProblemType.DATABASE_UNAVAILABLE, "Nothing was stored. The request can be sent again as it is.");
        }
        if (isBehind(thrown, cause -> "Request too large".equals(cause.getMessage()))) {
            return new ProblemException(ProblemType.TOO_LARGE, ProblemMapper.BOUNDS);
        }
        if (isBehind(thrown, HttpClosedException.class::isInstance)) {
            return new ProblemException(ProblemType.MALFORMED_REQUEST, "The body ended before its end.");
        }
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(thrown, "Bug %s", errorId);
        return new ProblemException(
                ProblemType.INTERNAL_ERROR,
                "This is a bug of the service. Its log tells more under this error id.",
                Map.of("error_id", errorId));
    }

    /** What the server's input stream says of a body it stopped reading, wrapped once or twice. */
    private static boolean isBehind(Throwable thrown, Predicate<Throwable> what) {
        Throwable current = thrown;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            if ((current instanceof IOException || depth > 0) && what.test(current)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }
}
