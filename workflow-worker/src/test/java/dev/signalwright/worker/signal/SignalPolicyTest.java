package dev.signalwright.worker.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalPolicyTest {
    @Test
    void soundPricesMakeItActionable() {
        JsonNode data = decide(Action.BUY, "0.6", "100.004", "95", "110").path("signal_data");

        assertTrue(data.path("is_actionable").asBoolean());
        assertEquals(100.0, data.path("entry_price").asDouble());
        assertEquals(2.0, data.path("r_multiple").asDouble());
        assertEquals(10.0, data.path("position_size_percent").asDouble());
        assertEquals("MEDIUM", data.path("confidence_level").asText());
        assertEquals(60, data.path("confidence_score").asInt());
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, 100, 105, 110, the stop 105.00 is on the wrong side",
        "BUY, 100, 100, 110, the stop 100.00 is on the wrong side",
        "BUY, 100, 99.996, 110, the stop 100.00 is on the wrong side",
        "BUY, 100, 95, 90, the target 90.00 is on the wrong side",
        "BUY, 100, 95, 100, the target 100.00 is on the wrong side",
        "SELL, 100, 95, 90, the stop 95.00 is on the wrong side",
        "SELL, 100, 105, 110, the target 110.00 is on the wrong side",
        "BUY, 131, 95, 150, the entry 131.00 is more than 30 % away from the last close 100.00",
        "BUY, 10000, 9500, 11000, more than 30 % away",
        "BUY, 1, 0.9, 1.2, more than 30 % away",
        "BUY, 0, 0, 0, a price is not above zero",
        "BUY, , 95, 110, 'the entry, the stop or the target is missing'",
        "SELL, 100, , 90, 'the entry, the stop or the target is missing'"
    })
    void nonsenseIsDecidedButNotActionableAndShowsNoPrices(
            Action action, String entry, String stop, String target, String reason) {
        ObjectNode produced = decide(action, "0.6", entry, stop, target);
        JsonNode data = produced.path("signal_data");

        assertEquals(action.name(), produced.path("action").asText());
        assertFalse(data.path("is_actionable").asBoolean());
        assertTrue(
                data.path("reasons").toString().contains(reason),
                data.path("reasons").toString());
        List.of("entry_price", "stop_loss", "take_profit", "r_multiple", "position_size_percent")
                .forEach(name -> assertTrue(data.path(name).isNull(), name));
    }

    @Test
    void holdIsDecidedAndAsksForNoTrade() {
        ObjectNode produced = decide(Action.HOLD, "0.35", "100", "95", "110");

        assertEquals("HOLD", produced.path("action").asText());
        assertEquals(
                "LOW", produced.path("signal_data").path("confidence_level").asText());
        assertFalse(produced.path("signal_data").path("is_actionable").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({"0.80, HIGH", "0.79, MEDIUM", "0.50, MEDIUM", "0.49, LOW"})
    void confidenceLevelsBeginAtTheirBounds(String confidence, String level) {
        assertEquals(
                level,
                decide(Action.BUY, confidence, "100", "95", "110")
                        .path("signal_data")
                        .path("confidence_level")
                        .asText());
    }

    @Test
    void anUndecidedSignalHasNeitherActionNorConfidence() {
        ObjectNode produced =
                new TradingSignal.Undecided(Decision.FAILED, "the model's server is in trouble").produced();

        assertTrue(produced.path("action").isMissingNode());
        assertTrue(produced.path("confidence").isMissingNode());
        assertEquals("FAILED", produced.path("signal_data").path("outcome").asText());
    }

    private static ObjectNode decide(Action action, String confidence, String entry, String stop, String target) {
        Proposal proposal = new Proposal(
                action,
                new BigDecimal(confidence),
                Trend.UP,
                "Because.",
                List.of(),
                new Proposal.Levels(price(entry), price(stop), price(target)),
                Optional.empty(),
                Optional.empty());
        return SignalPolicy.decide(proposal, new BigDecimal("100"), "a test", "daily")
                .produced();
    }

    private static Optional<BigDecimal> price(String text) {
        return Optional.ofNullable(text).map(BigDecimal::new);
    }
}
