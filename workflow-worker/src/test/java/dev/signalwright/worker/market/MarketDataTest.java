package dev.signalwright.worker.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.testing.ReplayBars;
import org.junit.jupiter.api.Test;

class MarketDataTest {
    @Test
    void everyBarSurvivesJsonTextExactly() throws JsonProcessingException {
        MarketData data = ReplayBars.marketData("AAPL");
        String text = Json.MAPPER.writeValueAsString(data.toJson());
        assertEquals(data, MarketData.ofJson("AAPL", Json.MAPPER.readTree(text)));
    }

    @Test
    void writesTheContractsShape() {
        ObjectNode json = ReplayBars.marketData("AAPL").toJson();
        assertEquals(
                "[\"date\",\"open\",\"high\",\"low\",\"close\",\"volume\"]",
                json.path("columns").toString());
        assertEquals("1 day", json.path("bar_size").asText());
        assertEquals("TRADES", json.path("what_to_show").asText());
        assertEquals(
                "[\"2000-03-01\",29.64,33.015,29.625,32.5775,3.84644E7]",
                json.path("rows").path(0).toString());
    }

    @Test
    void refusesARowThatIsNotABar() {
        ObjectNode json = ReplayBars.marketData("AAPL").toJson();
        ((ArrayNode) json.path("rows").path(7)).set(3, Json.MAPPER.nullNode());
        assertThrows(IllegalArgumentException.class, () -> MarketData.ofJson("AAPL", json));
    }
}
