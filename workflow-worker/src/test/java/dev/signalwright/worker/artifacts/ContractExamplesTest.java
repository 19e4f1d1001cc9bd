package dev.signalwright.worker.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that the service's tests accept too: both sides mean the same by key, id and content. */
class ContractExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "docs", "api", "examples");

    static Stream<Path> keyed() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> read(file).has("key")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void theIdFollowsFromTheKeyAndTheKeyFromTheMembers(Path example) {
        JsonNode json = read(example);
        RunIdentity maker = new RunIdentity(
                json.path("dag_id").asText(),
                json.path("execution_id").asText(),
                json.path("task_id").asText(),
                json.path("map_index").asInt(),
                json.path("try_number").asInt());
        ArtifactType type = ArtifactType.valueOf(json.path("type").asText().toUpperCase(Locale.ROOT));
        Optional<String> symbol = Optional.ofNullable(json.path("symbol").textValue());

        assertEquals(
                json.path("key").asText(), maker.key(type, json.path("name").asText(), symbol));
        if (json.has("id")) {
            assertEquals(
                    json.path("id").asText(),
                    ArtifactId.of(json.path("key").asText()).toString());
        }
    }

    @Test
    void theBarsOfTheExampleAreBarsToTheWorker() {
        MarketData data = MarketData.ofJson(
                "AAPL", read(EXAMPLES.resolve("market-data.json")).path("data"));

        assertTrue(data.bars().size() >= 2);
        assertEquals("America/New_York", data.timeZone());
    }

    private static JsonNode read(Path file) {
        try {
            return Json.MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
