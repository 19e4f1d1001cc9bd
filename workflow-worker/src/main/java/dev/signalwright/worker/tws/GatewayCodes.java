package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The one catalogue of the gateway's codes, read from {@code gateway-codes.csv}: what each means for a request or an
 * order and what a person can do. Some codes carry several troubles that only the text tells apart (162, 200, 321);
 * their lines name a word of the text. Immutable and thread-safe.
 */
final class GatewayCodes {
    /** What a code means. */
    enum Meaning {
        /** Nothing is wrong. */
        INFO,
        /** Something is odd, but the request or order lives on. */
        WARNING,
        /** The gateway lost Interactive Brokers' servers. */
        LOST,
        /** It found them again. */
        RESTORED,
        /** The request or order failed. */
        ERROR
    }

    /**
     * @param word lower-case word the text must hold; empty fits every text
     * @param kind of the failure; {@code REFUSED} for those that are none
     */
    record Entry(String word, Meaning meaning, Kind kind, String advice) {}

    private final Map<Integer, List<Entry>> entries = new HashMap<>();

    static GatewayCodes bundled() {
        try (InputStream in =
                Objects.requireNonNull(GatewayCodes.class.getResourceAsStream("gateway-codes.csv"), "gateway codes")) {
            return new GatewayCodes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The catalogue of gateway codes cannot be read.", e);
        }
    }

    /** @param table lines {@code code;word;meaning;kind;advice}, the first fitting line of a code wins */
    GatewayCodes(String table) {
        table.lines().skip(1).filter(line -> !line.isBlank()).forEach(line -> {
            String[] cells = line.split(";", 5);
            Entry entry = new Entry(
                    cells[1],
                    Meaning.valueOf(cells[2].toUpperCase(Locale.ROOT)),
                    cells[3].isEmpty() ? Kind.REFUSED : Kind.valueOf(cells[3]),
                    cells[4]);
            entries.computeIfAbsent(Integer.parseInt(cells[0]), _ -> new ArrayList<>())
                    .add(entry);
        });
    }

    /** Every code with a line. */
    Set<Integer> listed() {
        return Set.copyOf(entries.keySet());
    }

    Entry of(ErrMsg error) {
        String text = error.message().toLowerCase(Locale.ROOT);
        return entries.getOrDefault(error.code(), List.of()).stream()
                .filter(entry -> text.contains(entry.word()))
                .findFirst()
                .orElseGet(() -> unlisted(error.code()));
    }

    /** Codes 2100 to 2199 are the gateway's own range for notices. */
    private static Entry unlisted(int code) {
        boolean notice = code >= 2100 && code <= 2199;
        return new Entry("", notice ? Meaning.INFO : Meaning.ERROR, Kind.REFUSED, "");
    }

    /** The exception for an error: advice first, then the gateway's own words. */
    BrokerException exception(String what, ErrMsg error) {
        Entry entry = of(error);
        String advice = entry.advice().isEmpty() ? "" : " " + entry.advice();
        return new BrokerException(entry.kind(), error.code(), what + "." + advice + " " + words(error));
    }

    static String words(ErrMsg error) {
        return "The gateway said (code " + error.code() + "): "
                + error.message().strip();
    }
}
