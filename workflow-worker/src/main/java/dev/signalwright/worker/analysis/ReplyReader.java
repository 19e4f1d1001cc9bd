package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalwright.worker.signal.Action;
import dev.signalwright.worker.signal.Proposal;
import dev.signalwright.worker.signal.Trend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an analyst's answer: exactly one JSON object with exactly the known fields, within bounds. Duplicate fields,
 * text around the JSON, unknown words, numbers written as text and numbers out of range are not repaired or guessed at;
 * they make the answer unreadable. Stateless.
 */
final class ReplyReader {
    static final int MAX_CHARS = 200_000;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_FACTORS = 20;
    private static final BigDecimal MAX_PRICE = new BigDecimal("10000000");
    private static final Set<String> FIELDS = Set.of(
            "symbol",
            "action",
            "confidence",
            "trend",
            "reasoning",
            "key_factors",
            "support_level",
            "resistance_level",
            "entry_price",
            "stop_loss",
            "take_profit");

    private static final JsonMapper STRICT = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_CHARS)
                            .maxNestingDepth(32)
                            .maxNumberLength(40)
                            .maxStringLength(MAX_TEXT)
                            .maxNameLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ReplyReader() {}

    /** @param symbol the ticker that was asked about */
    static Reading read(String response, String symbol) {
        try {
            return proposal(parse(response), symbol);
        } catch (Unreadable unreadable) {
            return unreadable.reading;
        }
    }

    private static JsonNode parse(String response) throws Unreadable {
        if (response.isBlank()) {
            throw new Unreadable("the answer is empty");
        }
        if (response.length() > MAX_CHARS) {
            throw new Unreadable("the answer is longer than " + MAX_CHARS + " characters");
        }
        try {
            JsonNode reply = STRICT.readTree(response);
            if (!reply.isObject()) {
                throw new Unreadable("the answer is not a JSON object");
            }
            return reply;
        } catch (JsonProcessingException notJson) {
            throw new Unreadable("the answer is not one clean JSON object");
        }
    }

    private static Reading proposal(JsonNode reply, String symbol) throws Unreadable {
        checkFields(reply);
        String answeredFor = text(reply, "symbol");
        if (!answeredFor.equals(symbol)) {
            return new Reading.Abstained("the answer is about another symbol than " + symbol, false);
        }
        String action = oneOf(reply, "action", "BUY", "SELL", "HOLD", "ABSTAIN");
        BigDecimal confidence = number(reply, "confidence", BigDecimal.ONE)
                .orElseThrow(() -> new Unreadable("\"confidence\" is missing in the answer"));
        Trend trend =
                Trend.valueOf(oneOf(reply, "trend", "up", "down", "sideways").toUpperCase(java.util.Locale.ROOT));
        String reasoning = text(reply, "reasoning");
        List<String> factors = factors(reply.path("key_factors"));
        Proposal.Levels levels = new Proposal.Levels(
                price(reply, "entry_price"), price(reply, "stop_loss"), price(reply, "take_profit"));
        Optional<BigDecimal> support = price(reply, "support_level");
        Optional<BigDecimal> resistance = price(reply, "resistance_level");
        if (action.equals("ABSTAIN")) {
            return new Reading.Abstained(sentencePart(reasoning), false);
        }
        return new Reading.Proposed(new Proposal(
                Action.valueOf(action), confidence, trend, reasoning, factors, levels, support, resistance));
    }

    private static void checkFields(JsonNode reply) throws Unreadable {
        Set<String> missing = new TreeSet<>(FIELDS);
        for (Iterator<String> names = reply.fieldNames(); names.hasNext(); ) {
            if (!missing.remove(names.next())) {
                throw new Unreadable("the answer has a field that was not asked for");
            }
        }
        if (!missing.isEmpty()) {
            throw new Unreadable("the answer lacks " + String.join(", ", missing));
        }
    }

    private static String text(JsonNode reply, String name) throws Unreadable {
        return storable(reply.path(name), "\"" + name + "\"");
    }

    private static String oneOf(JsonNode reply, String name, String... words) throws Unreadable {
        String word = text(reply, name);
        if (!List.of(words).contains(word)) {
            throw new Unreadable("\"" + name + "\" of the answer is none of " + String.join(", ", words));
        }
        return word;
    }

    private static List<String> factors(JsonNode array) throws Unreadable {
        if (!array.isArray() || array.size() > MAX_FACTORS) {
            throw new Unreadable(
                    "\"key_factors\" of the answer is not a list of at most " + MAX_FACTORS + " sentences");
        }
        List<String> factors = new ArrayList<>();
        for (JsonNode factor : array) {
            factors.add(storable(factor, "a key factor"));
        }
        return factors;
    }

    private static String storable(JsonNode node, String what) throws Unreadable {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw new Unreadable(what + " of the answer is not a text");
        }
        if (!PlainText.isStorable(node.textValue())) {
            throw new Unreadable(what + " of the answer holds characters that are not text");
        }
        return node.textValue();
    }

    private static Optional<BigDecimal> price(JsonNode reply, String name) throws Unreadable {
        return number(reply, name, MAX_PRICE);
    }

    /** A finite number of at least zero, or null. */
    private static Optional<BigDecimal> number(JsonNode reply, String name, BigDecimal max) throws Unreadable {
        JsonNode node = reply.path(name);
        if (node.isNull()) {
            return Optional.empty();
        }
        if (!node.isNumber()) {
            throw new Unreadable("\"" + name + "\" of the answer is not a number");
        }
        BigDecimal value = node.decimalValue();
        if (value.scale() > 40 || value.scale() < -40 || value.signum() < 0 || value.compareTo(max) > 0) {
            throw new Unreadable("\"" + name + "\" of the answer is not between 0 and " + max.toPlainString());
        }
        return Optional.of(value);
    }

    /** Reasoning as the rest of a sentence: without the full stop, and short. */
    private static String sentencePart(String reasoning) {
        String line = reasoning.strip().replaceAll("\\s+", " ");
        line = line.length() > 300 ? line.substring(0, 300) + "..." : line;
        return line.endsWith(".") && !line.endsWith("...") ? line.substring(0, line.length() - 1) : line;
    }

    /** The answer cannot be read; asking once more for the right form may help. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Reading reading;

        Unreadable(String reason) {
            super(reason, null, false, false);
            this.reading = new Reading.Abstained(reason, true);
        }
    }
}
