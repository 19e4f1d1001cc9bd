package dev.signalwright.artifacts.problem;

import io.quarkus.security.ForbiddenException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with {@code application/problem+json} whatever is thrown. */
class ProblemMapper {
    /** Seconds a client should wait for the database: PostgreSQL restarts within a second or two. */
    static final int RETRY_AFTER_SECONDS = 2;

    static final String BOUNDS = "A JSON body may have 1 MiB, a batch and a blob 16 MiB.";

    @ServerExceptionMapper
    public Response refused(ProblemException problem) {
        return answer(problem);
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
            case 413 -> answer(ProblemType.TOO_LARGE, BOUNDS, Map.of());
            case 415 ->
                answer(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json or multipart/form-data.", Map.of());
            default -> answer(ProblemType.MALFORMED_REQUEST, "The request cannot be read.", Map.of());
        };
    }

    @ServerExceptionMapper
    public Response failed(Throwable thrown) {
        return refused(ProblemDetails.of(thrown));
    }

    private static Response answer(ProblemType type, String detail, Map<String, Object> facts) {
        return answer(new ProblemException(type, detail, facts));
    }

    private static Response answer(ProblemException problem) {
        int status = problem.type().status();
        var response = Response.status(status)
                .type("application/problem+json")
                .entity(ProblemDetails.json(problem).toString());
        if (status == 429 || status == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return response.build();
    }
}
