package dev.signalwright.worker.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.platform.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LogLines lines = new LogLines(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2012-09-20T13:00:00.5Z"), ZoneOffset.UTC));

    @Test
    void writesTheContractsMembers() throws JsonProcessingException {
        lines.named("charts").forSymbol("AAPL").info("Drawn.", Map.of("artifact_id", "x"));
        assertEquals(Json.MAPPER.readTree("""
                        {"ts":"2012-09-20T13:00:00.500Z","level":"info","logger":"charts","msg":"Drawn.",
                         "symbol":"AAPL","artifact_id":"x"}"""), onlyLine());
    }

    @Test
    void messageCannotBeginALineOfItsOwn() throws JsonProcessingException {
        lines.named("x").warn("one\n{\"level\":\"error\"}\u0000\u001b[31m\r");
        assertEquals(
                "one\n{\"level\":\"error\"}\u0000\u001b[31m\r",
                onlyLine().path("msg").asText());
        assertFalse(text().contains("\u001b"));
    }

    @Test
    void errorCarriesTypeMessageAndStack() throws JsonProcessingException {
        lines.named("x").error("Broken.", new IllegalStateException("why"));
        JsonNode error = onlyLine().path("error");
        assertEquals("java.lang.IllegalStateException", error.path("type").asText());
        assertEquals("why", error.path("message").asText());
        assertTrue(error.path("stack").asText().contains("LogLinesTest"));
    }

    @Test
    void lineIsNeverLongerThanItsLimit() throws JsonProcessingException {
        lines.named("x").info("\u0001".repeat(1_000_000), Map.of("more", "ü".repeat(1_000_000)));
        assertTrue(out.size() <= LogLines.MOST_BYTES, "bytes: " + out.size());
        assertTrue(onlyLine().path("cut").asBoolean());
    }

    @Test
    void hidesSecretsWhereverTheyStand() {
        lines.hide(List.of("canary-4711-secret"));
        lines.named("x").info("token canary-4711-secret", Map.of("header", "Bearer canary-4711-secret"));
        lines.named("x").error("no", new IllegalStateException("canary-4711-secret"));
        StrayPrints.err(lines).println("printed canary-4711-secret");
        assertFalse(text().contains("canary"), text());
        assertTrue(text().contains("[secret]"));
    }

    @Test
    void strayPrintsBecomeLines() {
        PrintStream err = StrayPrints.err(lines);
        err.print("half ");
        assertEquals("", text());
        err.println("and half");
        err.println("two");
        assertEquals(2, text().lines().count());
        assertTrue(text().contains("\"logger\":\"stderr\",\"msg\":\"half and half\""));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode onlyLine() throws JsonProcessingException {
        assertEquals(1, text().lines().count(), text());
        assertTrue(text().endsWith("\n"));
        return Json.MAPPER.readTree(text());
    }
}
