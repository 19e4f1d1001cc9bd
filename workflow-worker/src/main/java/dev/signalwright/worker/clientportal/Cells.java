package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.OrderTicket;
import java.math.BigDecimal;
import java.util.Optional;

/** Members of the gateway's answers: numbers come as numbers or as texts, with or without thousands' commas. */
final class Cells {
    private Cells() {}

    /** The first of those members that is there and not blank. */
    static Optional<String> text(JsonNode row, String... names) {
        for (String name : names) {
            JsonNode cell = row.path(name);
            if (cell.isValueNode() && !cell.isNull() && !cell.asText().isBlank()) {
                return Optional.of(cell.asText().strip());
            }
        }
        return Optional.empty();
    }

    /** @throws BrokerException {@code GARBLED} when the member is there and no number */
    static Optional<BigDecimal> decimal(JsonNode row, String... names) {
        return text(row, names).map(text -> number(text, names[0]));
    }

    static BigDecimal needed(JsonNode row, String... names) {
        return decimal(row, names).orElseThrow(() -> missing(names[0]));
    }

    static String neededText(JsonNode row, String... names) {
        return text(row, names).orElseThrow(() -> missing(names[0]));
    }

    /** A contract's number. */
    static int conid(JsonNode row) {
        try {
            int conid = needed(row, "conid").intValueExact();
            if (conid > 0) {
                return conid;
            }
        } catch (ArithmeticException e) {
            // Told below.
        }
        throw garbled("'" + row.path("conid").asText() + "' is no contract number");
    }

    private static BigDecimal number(String text, String name) {
        try {
            BigDecimal number = new BigDecimal(text.replace(",", ""));
            if (Math.abs((long) number.scale()) <= 1_000 && number.precision() <= 1_000) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, in the same words as a monstrous one.
        }
        throw garbled("its " + name + " is '" + PortalAnswer.quote(text) + "'");
    }

    /** {@code B}, {@code BOT}, {@code BUY} or {@code S}, {@code SLD}, {@code SELL}. */
    static OrderTicket.Side side(String word) {
        return switch (word) {
            case "B", "BOT", "BUY" -> OrderTicket.Side.BUY;
            case "S", "SLD", "SELL" -> OrderTicket.Side.SELL;
            default -> throw garbled("a side is '" + PortalAnswer.quote(word) + "'");
        };
    }

    static BrokerException missing(String name) {
        return garbled("it has no " + name);
    }

    static BrokerException garbled(String how) {
        return new BrokerException(
                Kind.GARBLED,
                "An answer of the Client Portal gateway is not as expected: " + how + ". Update the gateway; if it is"
                        + " new, this worker does not know its form yet.");
    }
}
