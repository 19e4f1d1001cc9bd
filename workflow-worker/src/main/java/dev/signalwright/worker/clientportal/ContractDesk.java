package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.tws.ContractPin;
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

/** Which contract a ticker is, and when it trades. Where the ticker alone is not clear, {@code IBKR_CONTRACTS} decides. */
final class ContractDesk {
    /** The price step of US stocks above one dollar (Regulation NMS, rule 612). */
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HHmm");

    private final PortalLink link;
    private final Map<String, ContractPin> pins;
    private final TaskLog log;

    ContractDesk(PortalLink link, Map<String, ContractPin> pins, TaskLog log) {
        this.link = link;
        this.pins = pins;
        this.log = log;
    }

    Instrument instrument(String symbol) {
        String what = "The symbol " + symbol + " could not be resolved";
        ContractPin pin = pins.get(symbol);
        Map<Integer, Listing> found = listings(what, symbol);
        if (pin != null && pin.conid() != 0) {
            return numbered(what, symbol, pin.conid(), found);
        }
        if (pin != null) {
            found.values().removeIf(one -> !one.exchange().equals(pin.primaryExchange()));
        }
        if (found.isEmpty()) {
            throw new BrokerException(
                    Kind.UNKNOWN_SYMBOL,
                    pin == null
                            ? what + ": the gateway knows no US stock of that name."
                            : what + ": the gateway knows no US stock of that name at " + pin.primaryExchange()
                                    + ". Correct its entry in IBKR_CONTRACTS; stocks outside the US need IBKR_ADAPTER=tws.");
        }
        if (found.size() > 1) {
            List<String> names =
                    found.values().stream().map(Listing::toString).sorted().toList();
            throw new BrokerException(
                    Kind.AMBIGUOUS,
                    what + ": " + found.size() + " stocks fit: " + String.join("; ", names)
                            + ". Put the one you mean into IBKR_CONTRACTS, for example " + symbol + "="
                            + found.keySet().iterator().next() + ".");
        }
        Listing listing = found.values().iterator().next();
        return instrument(what, symbol, listing, rules(what, listing.conid()));
    }

    /** The setting names a contract; where the list under the ticker does not hold it, the gateway says what it is. */
    private Instrument numbered(String what, String symbol, int conid, Map<Integer, Listing> found) {
        JsonNode body = rules(what, conid);
        String name = Cells.text(body, "company_name").orElse("a company without name");
        String actual = Cells.neededText(body, "symbol");
        if (!actual.equals(symbol)) {
            throw new BrokerException(
                    Kind.AMBIGUOUS,
                    what + ": contract " + conid + " is " + actual + " (" + name + "), not " + symbol
                            + ". Correct its entry in IBKR_CONTRACTS.");
        }
        String exchange = Cells.text(body, "exchange").orElse("an unnamed exchange");
        return instrument(what, symbol, found.getOrDefault(conid, new Listing(name, conid, exchange)), body);
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

    private JsonNode rules(String what, int conid) {
        return link.get(
                        what,
                        "/iserver/contract/" + conid + "/info-and-rules?isBuy=true",
                        link.address().answer())
                .good(what);
    }

    private Instrument instrument(String what, String symbol, Listing listing, JsonNode body) {
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
