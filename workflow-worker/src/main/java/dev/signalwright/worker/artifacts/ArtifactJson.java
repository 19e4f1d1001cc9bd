package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Between contract JSON and {@link Artifact}. */
final class ArtifactJson {
    private ArtifactJson() {}

    /**
     * The members that decide whether an artifact is the one looked for. The worker writes them first, so that a search
     * need not read whole files.
     */
    record Label(String type, String name, Optional<String> symbol, int tryNumber) {
        boolean fits(ArtifactType wantedType, String wantedName, Optional<String> wantedSymbol) {
            return type.equals(wantedType.wire()) && name.equals(wantedName) && symbol.equals(wantedSymbol);
        }
    }

    /** Reads a file up to {@code try_number}, the last member of the label. */
    static Label label(Path file) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = Json.MAPPER.createParser(file.toFile())) {
            parser.nextToken();
            while (!members.containsKey("try_number") && parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    members.put(member, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Label(
                members.getOrDefault("type", ""),
                members.getOrDefault("name", ""),
                Optional.ofNullable(members.get("symbol")),
                Integer.parseInt(members.getOrDefault("try_number", "0")));
    }

    static Label label(JsonNode json) {
        return new Label(
                json.path("type").asText(),
                json.path("name").asText(),
                Optional.ofNullable(json.path("symbol").textValue()),
                json.path("try_number").asInt());
    }

    /**
     * The artifact, when its content is what its hash says.
     *
     * @throws IOException when it is not, or is no artifact
     */
    static Artifact checked(ObjectNode json) throws IOException {
        Optional<String> blobSha256 =
                Optional.ofNullable(json.path("blob").path("sha256").textValue());
        String stated = json.path("content_sha256").asText();
        if (!ContentHash.of(json, blobSha256).equals(stated)) {
            throw new IOException("the content of artifact " + json.path("id").asText() + " does not match its hash");
        }
        return artifact(json);
    }

    static Artifact artifact(ObjectNode json) throws IOException {
        Label label = label(json);
        try {
            return new Artifact(
                    json.path("id").asText(),
                    ArtifactType.valueOf(label.type().toUpperCase(Locale.ROOT)),
                    label.name(),
                    label.symbol(),
                    label.tryNumber(),
                    Origin.ofWire(json.path("origin").asText()),
                    json.path("content_sha256").asText(),
                    json);
        } catch (IllegalArgumentException e) {
            throw new IOException("the artifact " + json.path("id").asText() + " has an unknown type or origin", e);
        }
    }
}
