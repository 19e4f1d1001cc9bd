package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Json;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the account gets real-time data of a contract: member 6509 of a snapshot. The first snapshot of a contract
 * only opens its stream, so the question is repeated until the member is there, a bounded number of times.
 */
final class QuoteDesk {
    private static final int LOOKS = 6;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(700);
    private static final String AVAILABILITY = "6509";

    /** Troubles that are about the data and not about the session. */
    private static final Set<Kind> ABOUT_DATA =
            EnumSet.of(Kind.REFUSED, Kind.NO_DATA, Kind.NO_PERMISSION, Kind.GARBLED);

    private final PortalLink link;
    private final Pause pause;
    private final TaskLog log;

    QuoteDesk(PortalLink link, Pause pause, TaskLog log) {
        this.link = link;
        this.pause = pause;
        this.log = log;
    }

    Origin availability(Instrument instrument) {
        String what = "Whether " + instrument.symbol() + " is real-time data could not be read";
        try {
            Optional<String> letters = ask(what, instrument.conid());
            Origin origin = letters.map(QuoteDesk::origin).orElse(Origin.UNKNOWN);
            if (origin != Origin.LIVE) {
                log.warn("The data of " + instrument.symbol() + " are " + origin.wire() + ": the gateway's availability"
                        + " is " + letters.map(PortalAnswer::quote).orElse("not given")
                        + ", and only R is real-time. Check the account's market data subscriptions.");
            }
            return origin;
        } catch (BrokerException e) {
            if (!ABOUT_DATA.contains(e.kind())) {
                throw e;
            }
            log.warn(e.sentence());
            return Origin.UNKNOWN;
        }
    }

    private Optional<String> ask(String what, int conid) {
        Optional<String> letters = Optional.empty();
        String path = "/iserver/marketdata/snapshot?conids=" + conid + "&fields=31,84,86," + AVAILABILITY;
        for (int look = 0; look < LOOKS && letters.isEmpty(); look++) {
            if (look > 0 && !pause.of(BETWEEN_LOOKS)) {
                break;
            }
            for (JsonNode row : link.get(what, path, link.address().answer()).good(what)) {
                if (row.path("conid").asText().equals(Integer.toString(conid))) {
                    letters = Cells.text(row, AVAILABILITY);
                }
            }
        }
        leave(what, conid);
        return letters;
    }

    /** A stream left open counts against the account's lines; failing to close it harms nothing else. */
    private void leave(String what, int conid) {
        try {
            link.post(
                    what,
                    "/iserver/marketdata/unsubscribe",
                    Json.object().put("conid", conid),
                    link.address().answer());
        } catch (BrokerException e) {
            log.debug("The stream of contract " + conid + " was not closed: " + e.sentence());
        }
    }

    /** The first letter: R real-time; D delayed, Z and Y frozen count as delayed; N, O and unknown ones as unknown. */
    static Origin origin(String letters) {
        return switch (letters.charAt(0)) {
            case 'R' -> Origin.LIVE;
            case 'D', 'Z', 'Y' -> Origin.DELAYED;
            default -> Origin.UNKNOWN;
        };
    }
}
