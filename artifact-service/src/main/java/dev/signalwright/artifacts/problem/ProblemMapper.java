package dev.signalwright.artifacts.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.ForbiddenException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The only place that writes {@code application/problem+json}. A bug says its id and nothing else. */
class ProblemMapper {
    /** Seconds a client should wait for the database: PostgreSQL restarts within a second or two. */
    static final int RETRY_AFTER_SECONDS = 2;

    private static final int DEEPEST = 10;
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final ObjectMapper json;

    ProblemMapper(ObjectMapper json) {
        this.json = json;
    }

    @ServerExceptionMapper
    public Response refused(ProblemException problem) {
        return answer(problem.type(), String.valueOf(problem.getMessage()), problem.facts());
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException ignored) {
        return answer(ProblemType.NOT_ALLOWED, "This token's role does not allow what was asked.", Map.of());
    }

    @ServerExceptionMapper
    public Response framework(WebApplicationException refusal) {
        int status = refusal.getResponse().getStatus();
        if (status < 400 || refusal.getResponse().hasEntity()) {
            return refusal.getResponse();
        }
        if (status >= 500) {
            return failed(refusal);
        }
        return switch (status) {
            case 401 -> refusal.getResponse();
            case 403 -> answer(ProblemType.NOT_ALLOWED, "This token's role does not allow what was asked.", Map.of());
            case 404 -> answer(ProblemType.NOT_FOUND, "Nothing lives at this address.", Map.of());
            case 405 -> answer(ProblemType.METHOD_NOT_ALLOWED, "Another method may work here.", Map.of());
            case 406 -> answer(ProblemType.NOT_ACCEPTABLE, "Ask for application/json.", Map.of());
            case 413 -> answer(ProblemType.TOO_LARGE, "A JSON body may have 1 MiB, a blob 16 MiB.", Map.of());
            case 415 ->
                answer(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json or multipart/form-data.", Map.of());
            default -> answer(ProblemType.MALFORMED_REQUEST, "The request cannot be read.", Map.of());
        };
    }

    @ServerExceptionMapper
    public Response failed(Throwable thrown) {
        if (DatabaseTrouble.isBehind(thrown)) {
            LOG.warnf("The database does not answer: %s", thrown);
            return answer(
                    ProblemType.DATABASE_UNAVAILABLE,
                    "Nothing was stored. The request can be sent again as it is.",
                    Map.of());
        }
        if (isBehind(thrown, cause -> "Request too large".equals(cause.getMessage()))) {
            return answer(ProblemType.TOO_LARGE, "A JSON body may have 1 MiB, a blob 16 MiB.", Map.of());
        }
        if (isBehind(thrown, HttpClosedException.class::isInstance)) {
            return answer(ProblemType.MALFORMED_REQUEST, "The body ended before its end.", Map.of());
        }
        String errorId = UUID.randomUUID().toString();
        LOG.errorf(thrown, "Bug %s", errorId);
        return answer(
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

    private Response answer(ProblemType type, String detail, Map<String, Object> facts) {
        ObjectNode body = json.createObjectNode()
                .put("type", type.uri().toString())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", detail);
        facts.forEach((name, value) -> body.set(name, json.valueToTree(value)));
        var response =
                Response.status(type.status()).type("application/problem+json").entity(body.toString());
        if (type.status() == 429 || type.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }
}
