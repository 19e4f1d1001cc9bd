package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalwright.worker.platform.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A usable answer: 2xx, 3xx or a 4xx that would be the same next time.
 *
 * @param body not copied
 */
@SuppressWarnings("ArrayRecordComponent") // identity is not used
record Reply(int status, byte[] body) {
    private static final int MOST_EXCERPT_CHARS = 500;

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; a missing node when it is none. */
    JsonNode json() {
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Whether it is the problem of that name (last part of RFC 9457's {@code type}). */
    boolean isProblem(String name) {
        return json().path("type").asText().endsWith("/" + name);
    }

    /** Status and the problem's own sentence, for people. */
    String describe() {
        JsonNode problem = json();
        String detail = problem.path("detail").asText(problem.path("title").asText());
        String told = detail.isEmpty() ? new String(body, StandardCharsets.UTF_8).strip() : detail;
        String cut = told.length() > MOST_EXCERPT_CHARS ? told.substring(0, MOST_EXCERPT_CHARS) + "..." : told;
        return cut.isEmpty() ? "status " + status : "status " + status + ", " + cut;
    }
}
