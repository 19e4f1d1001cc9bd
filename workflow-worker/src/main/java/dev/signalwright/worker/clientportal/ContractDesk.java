package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.SessionCalendar;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which contract a ticker is, and when it trades. */
final class ContractDesk {
    /** The price step of US stocks above one dollar (Regulation NMS, rule 612). */
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HHmm");

    private final PortalLink link;
    private final TaskLog log;

    ContractDesk(PortalLink link, TaskLog log) {
        this.link = link;
        this.log = log;
    }

    Instrument instrument(String symbol) {
        String what = "The symbol " + symbol + " could not be resolved";
        Map<Integer, Listing> found = listings(what, symbol);
        if (found.isEmpty()) {
            throw new BrokerException(Kind.UNKNOWN_SYMBOL, what + ": the gateway knows no US stock of that name.");
        }
        if (found.size() > 1) {
            List<String> names =
                    found.values().stream().map(Listing::toString).sorted().toList();
            throw new BrokerException(
                    Kind.AMBIGUOUS, what + ": " + found.size() + " stocks fit: " + String.join("; ", names) + ".");
        }
        return details(what, symbol, found.values().iterator().next());
    }

    private record Listing(String name, int conid, String exchange) {
        @Override
        public String toString() {
            return name + " at " + exchange + " (contract " + conid + ")";
        }
    }

    private Map<Integer, Listing> listings(String what, String symbol) {
        JsonNode body = link.get(
                        what,
                        "/trsrv/stocks?symbols=" + encoded(symbol),
                        link.address().answer())
                .good(what);
        Map<Integer, Listing> found = new LinkedHashMap<>();
        for (JsonNode company : body.path(symbol)) {
            for (JsonNode contract : company.path("contracts")) {
                if (company.path("assetClass").asText("STK").equals("STK")
                        && contract.path("isUS").asBoolean()) {
                    int conid = Cells.conid(contract);
                    String exchange = Cells.text(contract, "exchange").orElse("an unnamed exchange");
                    found.put(
                            conid,
                            new Listing(Cells.text(company, "name").orElse("a company without name"), conid, exchange));
                }
            }
        }
        return found;
    }

    private Instrument details(String what, String symbol, Listing listing) {
        JsonNode body = link.get(
                        what,
                        "/iserver/contract/" + listing.conid() + "/info-and-rules?isBuy=true",
                        link.address().answer())
                .good(what);
        String currency = Cells.neededText(body, "currency");
        if (!currency.equals("USD")) {
            throw new BrokerException(
                    Kind.UNKNOWN_SYMBOL, what + ": " + listing + " is traded in " + currency + ", not in USD.");
        }
        Optional<BigDecimal> step =
                Cells.decimal(body.path("rules"), "increment").filter(one -> one.signum() > 0);
        if (step.isEmpty()) {
            log.debug("The gateway names no price step for " + symbol + "; the US rule of one cent is used.");
        }
        return new Instrument(
                listing.conid(),
                symbol,
                "SMART",
                listing.exchange(),
                currency,
                step.orElse(CENT),
                SessionCalendar.ZONE.getId());
    }

    /** Dated sessions only: the gateway also lists weekdays in general, which say nothing about a holiday. */
    List<SessionHours> hours(Instrument instrument) {
        String what = "The trading hours of " + instrument.symbol() + " could not be read";
        String path = "/trsrv/secdef/schedule?assetClass=STK&symbol=" + encoded(instrument.symbol()) + "&exchange="
                + encoded(instrument.primaryExchange());
        try {
            JsonNode body = link.get(what, path, link.address().answer()).good(what);
            for (JsonNode venue : body) {
                if (venue.path("exchange").asText(instrument.primaryExchange()).equals(instrument.primaryExchange())) {
                    return sessions(venue);
                }
            }
        } catch (BrokerException e) {
            if (e.kind() != Kind.REFUSED && e.kind() != Kind.NO_DATA && e.kind() != Kind.GARBLED) {
                throw e;
            }
            log.debug(e.sentence() + " The bundled calendar is used.");
        } catch (DateTimeException e) {
            log.debug(what + " (" + e.getMessage() + "). The bundled calendar is used.");
        }
        return List.of();
    }

    private static List<SessionHours> sessions(JsonNode venue) {
        ZoneId zone = zone(venue.path("timezone").asText(""));
        List<SessionHours> hours = new ArrayList<>();
        for (JsonNode day : venue.path("schedules")) {
            LocalDate date = LocalDate.parse(
                    day.path("tradingScheduleDate").asText().replace("-", ""), DateTimeFormatter.BASIC_ISO_DATE);
            if (date.getYear() > 2000) {
                hours.addAll(session(date, day.path("sessions"), zone));
            }
        }
        return hours;
    }

    /** One object or a list of them; only liquid hours count. A day without any is not called closed: it is left out. */
    private static List<SessionHours> session(LocalDate date, JsonNode sessions, ZoneId zone) {
        List<SessionHours> hours = new ArrayList<>();
        for (JsonNode one : sessions.isArray() ? sessions : List.of(sessions)) {
            if (one.path("prop").asText().equals("LIQUID") && one.has("openingTime") && one.has("closingTime")) {
                hours.add(new SessionHours(
                        date, at(date, one.path("openingTime"), zone), at(date, one.path("closingTime"), zone), false));
            }
        }
        return hours;
    }

    private static Instant at(LocalDate date, JsonNode hour, ZoneId zone) {
        String digits = hour.asText();
        String padded = "0".repeat(Math.max(0, 4 - digits.length())) + digits;
        return date.atTime(LocalTime.parse(padded, HOUR)).atZone(zone).toInstant();
    }

    private static ZoneId zone(String name) {
        return name.equals("US/Eastern") || name.equals("EST5EDT") ? SessionCalendar.ZONE : ZoneId.of(name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
