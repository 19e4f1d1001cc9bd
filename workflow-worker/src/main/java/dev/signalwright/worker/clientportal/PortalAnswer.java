package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One answer of the gateway.
 *
 * @param body missing when it is not JSON
 * @param date of the answer, when it bears one
 */
record PortalAnswer(int status, JsonNode body, Optional<Instant> date) {
    private static final int LONGEST_QUOTE = 300;

    boolean ok() {
        return status >= 200 && status < 300;
    }

    boolean json() {
        return !(body instanceof MissingNode);
    }

    /** What the gateway says went wrong, which may come with any status; empty when it says nothing. */
    Optional<String> error() {
        JsonNode error = body.path("error");
        return error.isTextual() && !error.asText().isBlank() ? Optional.of(quote(error.asText())) : Optional.empty();
    }

    /**
     * The body of a good answer.
     *
     * @param what the beginning of the sentence when it is not one
     */
    JsonNode good(String what) {
        if (ok() && json() && error().isEmpty()) {
            return body;
        }
        throw trouble(what);
    }

    /** What a bad answer means. */
    BrokerException trouble(String what) {
        Optional<String> error = error();
        String says = error.map(text -> " The gateway says: " + text).orElse("");
        return switch (status) {
            case 301, 302, 303, 307, 401, 403 ->
                new BrokerException(
                        Kind.LOGIN_NEEDED,
                        status,
                        what + ": nobody is logged in at the Client Portal gateway. Open its address in a browser on"
                                + " its machine and log in; it is needed once a day." + says);
            case 429 ->
                new BrokerException(
                        Kind.PACING,
                        status,
                        what + ": the gateway was asked too often and locks this machine out for about 15 minutes."
                                + " Wait that long; asking on makes it longer.");
            case 503 ->
                new BrokerException(
                        Kind.DISCONNECTED,
                        status,
                        what + ": the gateway cannot answer just now (503). Try again in a minute." + says);
            case 404, 405, 411 ->
                new BrokerException(
                        Kind.GARBLED,
                        status,
                        what + ": the address answers " + status + ", so it is hardly the Client Portal gateway. Check"
                                + " IBKR_HOST and IBKR_PORT, and update the gateway." + says);
            default ->
                error.map(text -> new BrokerException(
                                kind(text), status, what + ": the gateway refused it. It says: " + text))
                        .orElseGet(() -> unexplained(what));
        };
    }

    private BrokerException unexplained(String what) {
        return status >= 500
                ? new BrokerException(
                        Kind.DISCONNECTED, status, what + ": the gateway answers " + status + ". Look at its window.")
                : new BrokerException(
                        ok() ? Kind.GARBLED : Kind.REFUSED,
                        status,
                        what + ": the gateway's answer (" + status + ") is not what it should be. Check IBKR_HOST and"
                                + " IBKR_PORT, and update the gateway.");
    }

    /** The gateway has no codes: its words are all there is. Words that are not known are a refusal. */
    static Kind kind(String error) {
        String words = error.toLowerCase(Locale.ROOT);
        if (has(words, "not authenticated", "not logged in", "please login", "access denied")) {
            return Kind.LOGIN_NEEDED;
        }
        if (has(words, "competing")) {
            return Kind.COMPETING_SESSION;
        }
        if (has(words, "too many", "pacing", "rate limit")) {
            return Kind.PACING;
        }
        if (has(words, "permission", "subscri", "not entitled")) {
            return Kind.NO_PERMISSION;
        }
        if (has(words, "data unavailable", "no data", "no historical data")) {
            return Kind.NO_DATA;
        }
        if (has(words, "no bridge", "not connected", "service unavailable", "temporarily")) {
            return Kind.DISCONNECTED;
        }
        return has(words, "timeout", "timed out") ? Kind.SILENT : Kind.REFUSED;
    }

    private static boolean has(String words, String... any) {
        for (String one : any) {
            if (words.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /** Foreign text in one line, bounded. */
    static String quote(String text) {
        String line = text.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line;
    }
}
