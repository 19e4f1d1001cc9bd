package dev.signalwright.worker.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.signalwright.worker.signal.Action;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyReaderTest {
    static final String GOOD = """
            {"symbol":"IBM","action":"BUY","confidence":0.7,"trend":"up","reasoning":"It rises.",
             "key_factors":["RSI is 61."],"support_level":200.5,"resistance_level":null,
             "entry_price":206.1,"stop_loss":201,"take_profit":216.3}""";

    @Test
    void readsACleanAnswer() {
        Reading.Proposed read = assertInstanceOf(Reading.Proposed.class, ReplyReader.read(GOOD, "IBM"));

        assertEquals(Action.BUY, read.proposal().action());
        assertEquals("206.1", read.proposal().levels().entry().orElseThrow().toString());
    }

    static Stream<String> bad() {
        return Stream.of(
                "",
                " \n",
                "BUY",
                "null",
                "[]",
                "{}",
                "\"BUY\"",
                "[" + GOOD + "]",
                "Here it is: " + GOOD,
                "```json\n" + GOOD + "\n```",
                GOOD + " I hope this helps.",
                GOOD + GOOD,
                "\uFEFF" + GOOD,
                GOOD.substring(0, GOOD.length() - 1),
                GOOD.replace("\"action\":\"BUY\"", "\"action\":\"HOLD\",\"action\":\"BUY\""),
                GOOD.replace("\"action\":\"BUY\"", "\"action\":\"STRONG_BUY\""),
                GOOD.replace("\"action\":\"BUY\"", "\"action\":\"buy\""),
                GOOD.replace("\"action\":\"BUY\"", "\"action\":[\"BUY\"]"),
                GOOD.replace("\"action\":\"BUY\"", "\"action\":null"),
                GOOD.replace("\"action\":\"BUY\",", ""),
                GOOD.replace("\"action\":\"BUY\"", "\"action\":\"BUY\",\"quantity\":10000"),
                GOOD.replace("0.7", "NaN"),
                GOOD.replace("0.7", "Infinity"),
                GOOD.replace("0.7", "\"0.7\""),
                GOOD.replace("0.7", "1.01"),
                GOOD.replace("0.7", "-0.1"),
                GOOD.replace("0.7", "70"),
                GOOD.replace("0.7", "null"),
                GOOD.replace("0.7", "true"),
                GOOD.replace("206.1", "1e309"),
                GOOD.replace("206.1", "1e999999999"),
                GOOD.replace("206.1", "-206.1"),
                GOOD.replace("206.1", "\"206.1\""),
                GOOD.replace("206.1", "206,1"),
                GOOD.replace("206.1", "0206.1"),
                GOOD.replace("206.1", "9".repeat(50)),
                GOOD.replace("\"up\"", "\"bullish\""),
                GOOD.replace("It rises.", "It \\u0000 rises."),
                GOOD.replace("It rises.", "It \\ud800 rises."),
                GOOD.replace("It rises.", " "),
                GOOD.replace("It rises.", "x".repeat(20_001)),
                GOOD.replace("It rises.", "x".repeat(5_000_000)),
                GOOD.replace("[\"RSI is 61.\"]", "\"RSI is 61.\""),
                GOOD.replace("[\"RSI is 61.\"]", "[1]"),
                GOOD.replace("[\"RSI is 61.\"]", "[" + "\"x\",".repeat(30) + "\"x\"]"),
                GOOD.replace("[\"RSI is 61.\"]", "[".repeat(5_000) + "]".repeat(5_000)),
                GOOD.replace("\"symbol\":\"IBM\"", "\"symbol\":\"MSFT\""),
                GOOD.replace("\"symbol\":\"IBM\"", "\"symbol\":\"ibm\""),
                GOOD.replace("\"symbol\":\"IBM\"", "\"symbol\":\"\u0406BM\""),
                GOOD.replace("\"symbol\":\"IBM\"", "\"symbol\":null"),
                GOOD.replace("BUY", "ABSTAIN"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void noBadAnswerEverDecides(String response) {
        Reading.Abstained abstained = assertInstanceOf(Reading.Abstained.class, ReplyReader.read(response, "IBM"));

        assertFalse(abstained.reason().isBlank());
        assertFalse(abstained.reason().contains("\u0406"), "what the answer says is not repeated in the reason");
    }

    @Test
    void anotherSymbolIsNotAskedToBeRepaired() {
        Reading.Abstained abstained =
                assertInstanceOf(Reading.Abstained.class, ReplyReader.read(GOOD.replace("IBM", "MSFT"), "IBM"));

        assertEquals("the answer is about another symbol than IBM", abstained.reason());
        assertFalse(abstained.repairable());
    }
}
