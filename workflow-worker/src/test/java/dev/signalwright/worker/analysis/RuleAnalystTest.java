package dev.signalwright.worker.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.signal.Proposal;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleAnalystTest {
    private static final Map<String, Double> DOWN =
            Map.of("supertrend", 105.0, "sma_20", 103.0, "macd", 0.5, "rsi_14", 40.0);

    static Stream<Arguments> votes() {
        return Stream.of(
                Arguments.of("", "BUY", "0.85"),
                Arguments.of("rsi_14", "BUY", "0.6"),
                Arguments.of("supertrend", "BUY", "0.6"),
                Arguments.of("supertrend,sma_20", "HOLD", "0.35"),
                Arguments.of("supertrend,sma_20,macd", "SELL", "0.6"),
                Arguments.of("supertrend,sma_20,macd,rsi_14", "SELL", "0.85"));
    }

    @ParameterizedTest
    @MethodSource("votes")
    void threeOfFourDecide(String turnedDown, String action, String confidence) {
        Map<String, Double> last = ChartFixtures.up();
        Stream.of(turnedDown.split(",")).filter(DOWN::containsKey).forEach(name -> last.put(name, DOWN.get(name)));

        Proposal proposal = proposal(last);

        assertEquals(action, proposal.action().name());
        assertEquals(0, new BigDecimal(confidence).compareTo(proposal.confidence()), proposal.confidence() + "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "supertrend", "sma_20", "macd", "macd_signal", "rsi_14"})
    void anyMissingNumberDecidesNothing(String missing) {
        Map<String, Double> last = ChartFixtures.up();
        last.remove(missing);

        Reading.Abstained abstained =
                assertInstanceOf(Reading.Abstained.class, answer(last).reading());

        assertTrue(abstained.reason().startsWith("there are too few bars for "), abstained.reason());
    }

    @Test
    void aReadingExactlyInTheMiddleIsNeitherUpNorDown() {
        Map<String, Double> last = ChartFixtures.up();
        last.put("rsi_14", 50.0);
        last.put("macd", 1.0);

        assertEquals("HOLD", proposal(last).action().name());
    }

    @Test
    void theTargetLiesTwiceTheRiskAway() {
        Proposal.Levels levels = proposal(ChartFixtures.up()).levels();

        assertEquals(0, new BigDecimal("100").compareTo(levels.entry().orElseThrow()));
        assertEquals(0, new BigDecimal("95").compareTo(levels.stop().orElseThrow()));
        assertEquals(0, new BigDecimal("110").compareTo(levels.target().orElseThrow()));
    }

    @Test
    void keyFactorsArePlainSentencesWithTheirNumbers() {
        assertEquals(
                "SuperTrend(10,3) is up: the close 100.00 is above the SuperTrend line 95.00.",
                proposal(ChartFixtures.up()).keyFactors().getFirst());
    }

    @Test
    void namesItselfAndShowsItsRule() {
        Analyst.Analysis.Answered answer = answer(ChartFixtures.up());

        assertEquals("rules/three-of-four@1", answer.modelName());
        assertTrue(answer.prompt().contains("- MACD: MACD 1.5, its signal line 1.0"), answer.prompt());
    }

    private static Proposal proposal(Map<String, Double> last) {
        return assertInstanceOf(Reading.Proposed.class, answer(last).reading()).proposal();
    }

    private static Analyst.Analysis.Answered answer(Map<String, Double> last) {
        return assertInstanceOf(
                Analyst.Analysis.Answered.class, new RuleAnalyst().analyse(ChartFixtures.reading("IBM", last)));
    }
}
