package dev.signalwright.artifacts.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.change.RecordedChange;
import java.io.UncheckedIOException;

/** The JSON of events: one line, whatever an artifact's fields hold. */
final class EventJson {
    /** A longer detail stays in the store. */
    private static final int LONGEST_DETAIL = 2_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventJson() {}

    static String of(RecordedChange change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", change.kind())
                .put("at", change.at().toString());
        change.artifactId().ifPresent(id -> json.put("artifact_id", id.toString()));
        change.type().ifPresent(type -> json.put("type", type));
        change.symbol().ifPresent(symbol -> json.put("symbol", symbol));
        change.contentSha256().ifPresent(sha256 -> json.put("content_sha256", sha256));
        change.executionUuid().ifPresent(id -> json.put("execution", id.toString()));
        change.dagId().ifPresent(id -> json.put("dag_id", id));
        change.executionId().ifPresent(id -> json.put("execution_id", id));
        change.detail()
                .filter(text -> text.length() <= LONGEST_DETAIL)
                .ifPresent(text -> json.set("detail", tree(text)));
        // Without line breaks: a field cannot forge an event.
        return json.toString();
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Stored JSON cannot be read.", e);
        }
    }
}
