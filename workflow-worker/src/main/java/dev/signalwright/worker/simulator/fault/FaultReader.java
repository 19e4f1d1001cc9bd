package dev.signalwright.worker.simulator.fault;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.tws.message.MessageCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads fault switches. A scenario file is {@code {"faults": [...]}}, a fault {@code {"do": NAME, "on": REQUEST, ...}};
 * {@code docs/simulator.md} lists the names. Whatever is not understood is refused with the names that are.
 */
public final class FaultReader {
    private static final Set<String> GENERAL = Set.of("do", "on", "symbol", "from", "times", "within_ms");

    private static final String NO_PERMISSION =
            "Historical Market Data Service error message:No market data permissions"
                    + " for NASDAQ STK. Requested market data requires additional subscription for API.";

    /** Name, the request it strikes unless another is named, and how its deed is made. */
    private record Kind(String usuallyOn, Set<String> needs, Function<JsonNode, Deed> deed) {}

    private static final Map<String, Kind> KINDS = kinds();

    private FaultReader() {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        plain(kinds, "ignore", "any", new Deed.Ignore());
        plain(kinds, "swallow", "any", new Deed.Swallow());
        plain(kinds, "cut-before", "any", new Deed.CutBefore());
        plain(kinds, "cut-after", "any", new Deed.CutAfter());
        kinds.put(
                "cut-answer",
                new Kind("any", Set.of("bytes"), json -> new Deed.CutAnswer(number(json, "bytes", 0, 1 << 24))));
        kinds.put(
                "delay",
                new Kind(
                        "any",
                        Set.of("ms"),
                        json -> new Deed.Delay(Duration.ofMillis(number(json, "ms", 0, 600_000)))));
        plain(kinds, "dribble", "any", new Deed.Dribble());
        plain(kinds, "twice", "any", new Deed.Twice());
        plain(kinds, "without-end", "any", new Deed.WithoutEnd());
        plain(kinds, "unknown-message", "any", new Deed.UnknownMessage());
        kinds.put("refuse", new Kind("any", Set.of("code", "text"), json -> new Deed.Refuse(code(json), text(json))));
        kinds.put("warn", new Kind("any", Set.of("code", "text"), json -> new Deed.Warn(code(json), text(json))));
        kinds.put("say", new Kind("any", Set.of("code", "text"), json -> new Deed.Say(code(json), text(json))));
        plain(kinds, "pacing-cut", "any", new Deed.PacingCut());
        kinds.put(
                "roll-back-ids",
                new Kind(
                        "startApi",
                        Set.of("by"),
                        json -> new Deed.RollBackIds(number(json, "by", 1, Integer.MAX_VALUE))));
        plain(kinds, "client-id-taken", "startApi", new Deed.ClientIdTaken());
        kinds.put(
                "restart",
                new Kind(
                        "any",
                        Set.of("ms"),
                        json -> new Deed.Restart(Duration.ofMillis(number(json, "ms", 0, 3_600_000)))));
        // The troubles of a real gateway, by name, in its own words.
        plain(kinds, "servers-lost", "any", new Deed.Say(1100, "Connectivity between IB and TWS has been lost."));
        plain(
                kinds,
                "servers-back-data-lost",
                "any",
                new Deed.Say(1101, "Connectivity between IB and TWS has been restored- data lost."));
        plain(
                kinds,
                "servers-back",
                "any",
                new Deed.Say(1102, "Connectivity between IB and TWS has been restored- data maintained."));
        plain(
                kinds,
                "read-only",
                "placeOrder",
                new Deed.Refuse(
                        321,
                        "Error validating request.-'bO' : cause - The API interface is currently in Read-Only mode."));
        plain(
                kinds,
                "no-data",
                "reqHistoricalData",
                new Deed.Refuse(
                        162,
                        "Historical Market Data Service error message:HMDS query returned no data: AAPL@SMART Trades"));
        plain(kinds, "no-permission", "reqHistoricalData", new Deed.Refuse(162, NO_PERMISSION));
        plain(
                kinds,
                "pacing",
                "reqHistoricalData",
                new Deed.Refuse(
                        162, "Historical Market Data Service error message:Historical data request pacing violation"));
        plain(
                kinds,
                "competing-session",
                "reqHistoricalData",
                new Deed.Refuse(
                        162,
                        "Historical Market Data Service error message:Trading TWS session is connected from a different"
                                + " IP address"));
        plain(
                kinds,
                "held-until-open",
                "placeOrder",
                new Deed.Warn(
                        399,
                        "Order Message:\nBUY 10 AAPL NASDAQ.NMS\nWarning: your order will not be placed at the exchange"
                                + " until 2012-09-20 09:30:00 US/Eastern"));
        plain(
                kinds,
                "tif-preset",
                "placeOrder",
                new Deed.Warn(10349, "Order TIF was set to DAY based on order preset."));
        return kinds;
    }

    private static void plain(Map<String, Kind> kinds, String name, String usuallyOn, Deed deed) {
        kinds.put(name, new Kind(usuallyOn, Set.of(), _ -> deed));
    }

    /** The names a fault may have. */
    public static Set<String> names() {
        return KINDS.keySet();
    }

    /** @throws IOException the file cannot be read or is not a scenario; the message says where and why */
    public static List<Fault> readScenario(Path file) throws IOException {
        try {
            JsonNode scenario = Json.MAPPER.readTree(Files.readAllBytes(file));
            JsonNode faults = scenario.path("faults");
            if (!faults.isArray()) {
                throw new IllegalArgumentException("it has no list \"faults\"");
            }
            List<Fault> read = new ArrayList<>();
            for (JsonNode fault : faults) {
                read.add(fault(fault));
            }
            return List.copyOf(read);
        } catch (JacksonException e) {
            throw new IOException("The scenario " + file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("The scenario " + file + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    /** @throws IllegalArgumentException it is no fault; the message says why */
    public static Fault read(String json) {
        try {
            return fault(Json.MAPPER.readTree(json));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a fault is JSON, like {\"do\":\"ignore\",\"on\":\"placeOrder\"}", e);
        }
    }

    private static Fault fault(JsonNode json) {
        String name = json.path("do").asText();
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "no fault is called \"" + name + "\"; there are " + String.join(", ", KINDS.keySet()));
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!GENERAL.contains(field) && !kind.needs().contains(field)) {
                throw new IllegalArgumentException("the fault " + name + " knows nothing of \"" + field + "\"");
            }
        });
        String on = json.path("on").asText(kind.usuallyOn());
        Set<String> requests = new TreeSet<>(MessageCodec.requests().names());
        requests.addAll(Set.of("any", "connect"));
        if (!requests.contains(on)) {
            throw new IllegalArgumentException(
                    "no request is called \"" + on + "\"; there are " + String.join(", ", requests));
        }
        return new Fault(
                on,
                json.has("symbol") ? Optional.of(json.path("symbol").asText()) : Optional.empty(),
                json.has("from") ? number(json, "from", 1, Integer.MAX_VALUE) : 1,
                json.has("times") ? number(json, "times", 1, Integer.MAX_VALUE) : Integer.MAX_VALUE,
                json.has("within_ms")
                        ? Optional.of(Duration.ofMillis(number(json, "within_ms", 0, Integer.MAX_VALUE)))
                        : Optional.empty(),
                name,
                kind.deed().apply(json));
    }

    private static int code(JsonNode json) {
        return number(json, "code", 1, 99_999);
    }

    private static String text(JsonNode json) {
        if (!json.path("text").isTextual()) {
            throw new IllegalArgumentException("\"text\" is missing");
        }
        return json.path("text").asText();
    }

    private static int number(JsonNode json, String field, int least, int most) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            throw new IllegalArgumentException(
                    "\"" + field + "\" must be a whole number from " + least + " to " + most + ", not " + value);
        }
        return value.intValue();
    }
}
