package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.SessionCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Daily bars. One answer holds at most 1000 points, so eight years are three questions of three years. Builds differ in
 * whether {@code startTime} is where an answer begins or where it ends; the dates that come back tell, and the next
 * question follows them.
 */
final class HistoryDesk {
    private static final int YEARS_AT_ONCE = 3;
    private static final int MOST_REQUESTS = 12;
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuuMMdd-HH:mm:ss").withZone(ZoneOffset.UTC);

    private final PortalLink link;
    private final TaskLog log;
    private final SessionCalendar calendar = new SessionCalendar();

    HistoryDesk(PortalLink link, TaskLog log) {
        this.link = link;
        this.log = log;
    }

    /** @param origin the worst that the answers said about themselves */
    record Bars(BarSeries series, Origin origin) {}

    Bars daily(Instrument instrument, Instant end, int years) {
        Reading reading = new Reading(
                instrument, end, LocalDate.ofInstant(end, SessionCalendar.ZONE).minusYears(years));
        reading.perform();
        return reading.result();
    }

    /** One series being put together. */
    private final class Reading {
        private final Instrument instrument;
        private final String what;
        private final Instant end;
        private final LocalDate from;
        private final NavigableMap<LocalDate, Bar> bars = new TreeMap<>();
        private Optional<BrokerException> none = Optional.empty();
        private Origin origin = Origin.LIVE;
        private BigDecimal volumeFactor = BigDecimal.ONE;

        Reading(Instrument instrument, Instant end, LocalDate from) {
            this.instrument = instrument;
            this.what = "The daily bars of " + instrument.symbol() + " could not be read";
            this.end = end;
            this.from = from;
        }

        void perform() {
            Instant cursor = end;
            boolean endsThere = false;
            for (int request = 0; request < MOST_REQUESTS; request++) {
                LocalDate asked = LocalDate.ofInstant(cursor, SessionCalendar.ZONE);
                int before = bars.size();
                Optional<LocalDate> earliest = note(ask(cursor));
                endsThere |= earliest.isPresent() && earliest.get().isBefore(asked.minusWeeks(1));
                boolean enough = !bars.isEmpty() && !bars.firstKey().isAfter(from);
                if (enough || !asked.isAfter(from) || (endsThere && bars.size() == before)) {
                    return;
                }
                LocalDate next = endsThere && earliest.isPresent() ? earliest.get() : asked.minusYears(YEARS_AT_ONCE);
                cursor = (next.isBefore(from) && !endsThere ? from : next)
                        .atStartOfDay(SessionCalendar.ZONE)
                        .toInstant();
            }
        }

        /** The rows of one answer; none when the gateway has none there, which before a listing is no trouble. */
        private List<JsonNode> ask(Instant start) {
            String path = "/iserver/marketdata/history?conid=" + instrument.conid() + "&period=" + YEARS_AT_ONCE
                    + "y&bar=1d&outsideRth=false&source=trades&startTime=" + START.format(start);
            try {
                JsonNode body = link.get(what, path, link.address().history()).good(what);
                if (!body.path("data").isArray()) {
                    throw Cells.missing("data");
                }
                Cells.decimal(body, "mktDataDelay")
                        .filter(delay -> delay.signum() > 0)
                        .ifPresent(delay -> origin = origin.worst(Origin.DELAYED));
                volumeFactor = Cells.decimal(body, "volumeFactor").orElse(BigDecimal.ONE);
                List<JsonNode> rows = new ArrayList<>();
                body.path("data").forEach(rows::add);
                return rows;
            } catch (BrokerException e) {
                if (e.kind() != Kind.NO_DATA) {
                    throw e;
                }
                none = Optional.of(e);
                return List.of();
            }
        }

        /** Keeps what was complete at the end; returns the earliest date of all. */
        private Optional<LocalDate> note(List<JsonNode> rows) {
            Optional<LocalDate> earliest = Optional.empty();
            for (JsonNode row : rows) {
                LocalDate date =
                        date(Instant.ofEpochMilli(Cells.needed(row, "t").longValue()));
                if (earliest.isEmpty() || date.isBefore(earliest.get())) {
                    earliest = Optional.of(date);
                }
                if (!calendar.close(date).isAfter(end)) {
                    bars.put(date, bar(date, row));
                }
            }
            return earliest;
        }

        private Bar bar(LocalDate date, JsonNode row) {
            try {
                return new Bar(
                        date,
                        Cells.needed(row, "o").doubleValue(),
                        Cells.needed(row, "h").doubleValue(),
                        Cells.needed(row, "l").doubleValue(),
                        Cells.needed(row, "c").doubleValue(),
                        Cells.needed(row, "v").multiply(volumeFactor).doubleValue());
            } catch (IllegalArgumentException e) {
                throw Cells.garbled(String.valueOf(e.getMessage()));
            }
        }

        Bars result() {
            List<Bar> complete = List.copyOf(bars.tailMap(from, true).values());
            if (complete.isEmpty()) {
                throw none.orElseGet(() -> new BrokerException(
                        Kind.NO_DATA, what + ": the gateway has none that were complete at " + end + "."));
            }
            log.info("The volumes of " + instrument.symbol() + " are the gateway's times its volumeFactor ("
                    + volumeFactor.toPlainString() + "); their unit is not documented, so compare them with each other"
                    + " only.");
            return new Bars(new BarSeries(instrument.symbol(), complete), origin);
        }
    }

    /** A bar is stamped with its beginning: the session's opening, or in some answers the date's midnight in UTC. */
    private static LocalDate date(Instant start) {
        boolean midnight = start.atZone(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT);
        return LocalDate.ofInstant(start, midnight ? ZoneOffset.UTC : SessionCalendar.ZONE);
    }
}
