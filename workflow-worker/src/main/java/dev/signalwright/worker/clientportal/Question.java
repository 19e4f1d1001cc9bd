package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A question the gateway asks before it takes an order.
 *
 * @param id what an answer to it names
 * @param messageIds the kinds of its parts; empty when it does not say
 * @param text its words
 */
record Question(String id, List<String> messageIds, String text) {
    /**
     * The only ones a program may say yes to, because the yes can neither raise the price, the size nor the risk of a
     * limit order: that it will probably fill at once (o403), and that a price cap applies (o10153). Guards against
     * slips of a hand (o163, o382, o383, o451, o10138), the lack of market data (o354: such an order rests on live
     * data, so this contradicts it) and everything unknown are for a person.
     */
    static final Set<String> HARMLESS = Set.of("o403", "o10153");

    /** The question in that answer; empty when it is another answer. */
    static Optional<Question> in(JsonNode body) {
        JsonNode first = body.path(0);
        if (!first.path("id").isTextual() || !first.has("message")) {
            return Optional.empty();
        }
        return Optional.of(new Question(
                first.path("id").asText(),
                texts(first.path("messageIds")),
                PortalAnswer.quote(String.join(" ", texts(first.path("message"))))));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isTextual()) {
            texts.add(list.asText());
        }
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /** Whether each of its parts is harmless; one that names no kind is not. */
    boolean harmless() {
        return !messageIds.isEmpty() && HARMLESS.containsAll(messageIds);
    }

    /** An id that can stand in a path; anything else is never sent back. */
    boolean answerable() {
        return id.matches("[A-Za-z0-9-]{1,80}");
    }

    @Override
    public String toString() {
        return (messageIds.isEmpty() ? "without a number" : String.join(", ", messageIds)) + ": " + text;
    }
}
