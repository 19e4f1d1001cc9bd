package dev.signalwright.artifacts.pages.house;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalwright.artifacts.pages.frame.Frames;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Turns problem details into a page when a person asked for one; programs keep the problem details. */
class ErrorPages {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Frames frames;

    ErrorPages(Frames frames) {
        this.frames = frames;
    }

    @ServerResponseFilter
    public void show(ContainerRequestContext request, ContainerResponseContext response) {
        boolean problem =
                response.getStatus() >= 400 && !MediaType.TEXT_HTML_TYPE.isCompatible(response.getMediaType());
        if (problem && isForPeople(request)) {
            response.setEntity(
                    page(response.getStatus(), details(response.getEntity())), null, MediaType.TEXT_HTML_TYPE);
            response.getHeaders().put(HttpHeaders.CONTENT_TYPE, List.of("text/html;charset=UTF-8"));
        }
    }

    private static boolean isForPeople(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        return accept != null
                && accept.contains("text/html")
                && !request.getUriInfo().getPath().startsWith("/api/");
    }

    private static JsonNode details(Object entity) {
        try {
            return MAPPER.readTree(String.valueOf(entity));
        } catch (JsonProcessingException noProblemDetails) {
            return MAPPER.createObjectNode();
        }
    }

    /** The page of a status; the problem's own sentence where it has one. */
    String page(int status, JsonNode problem) {
        String sentence = problem.path("detail").asText();
        String title = title(status);
        return Templates.error(
                        frames.of(title, ""),
                        title,
                        sentence.isEmpty() ? "The service answered with the status " + status + "." : sentence,
                        advice(status),
                        problem.path("error_id").asText())
                .render();
    }

    private static String title(int status) {
        return switch (status) {
            case 401, 403 -> "This is not allowed";
            case 404, 405 -> "There is nothing here";
            case 410 -> "This is gone";
            case 429 -> "Too many requests";
            case 503 -> "Not available right now";
            default -> status >= 500 ? "Something went wrong" : "This could not be done";
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "Log in with a token of a higher role if you have one.";
            case 404, 405, 410 -> "Look for it among the executions or the artifacts.";
            case 503 -> "Nothing is lost. Try again in a moment.";
            default -> status >= 500 ? "Nothing is lost. Try again; if it stays, look into the service's log." : "";
        };
    }
}
