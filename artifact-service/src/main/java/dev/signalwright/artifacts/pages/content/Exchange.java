package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.pages.part.JsonTree;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.Prose;
import dev.signalwright.artifacts.pages.run.Analyst;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an analyst was asked and what it answered.
 *
 * @param model in words; may be empty
 * @param prompt as it was sent; empty when it was not recorded
 * @param reply as it came; empty when none did
 * @param replyTree the reply when it is JSON
 * @param prose the reply when it is text
 * @param settings the rest that is known: provider, tokens, seconds
 */
public record Exchange(
        String model,
        String prompt,
        String promptNote,
        String reply,
        String replyNote,
        Optional<RawString> replyTree,
        Optional<Prose.Text> prose,
        Optional<RawString> settings) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Empty when the artifact records neither a prompt nor a reply. */
    public static Optional<Exchange> of(Artifact artifact) {
        String prompt = artifact.text("prompt").orElse("");
        String reply = artifact.text("response").orElse("");
        if (prompt.isEmpty() && reply.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonNode> json = json(reply);
        return Optional.of(new Exchange(
                artifact.text("model_name").map(Analyst::words).orElse(""),
                prompt,
                size(prompt),
                reply,
                (json.isPresent() ? "JSON, " : "Text, ") + size(reply),
                json.map(JsonTree::of),
                json.isPresent() || reply.isEmpty() ? Optional.empty() : Optional.of(Prose.of(reply)),
                artifact.metadata().isEmpty() ? Optional.empty() : Optional.of(JsonTree.of(artifact.metadata()))));
    }

    /** The reply's own words about its reasons, when it is JSON that has some. */
    public static Optional<String> reasoning(Artifact artifact) {
        return artifact.text("response")
                .flatMap(Exchange::json)
                .map(json -> json.path("reasoning").asText())
                .filter(text -> !text.isEmpty());
    }

    private static String size(String text) {
        List<String> parts = new ArrayList<>();
        long lines = text.lines().count();
        parts.add(Numbers.whole((double) lines) + (lines == 1 ? " line" : " lines"));
        parts.add(Numbers.whole(text.length()) + " characters");
        return String.join(", ", parts);
    }

    private static Optional<JsonNode> json(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readTree(text));
        } catch (JsonProcessingException prose) {
            // A text that begins with a brace: shown as text.
            return Optional.empty();
        }
    }
}
