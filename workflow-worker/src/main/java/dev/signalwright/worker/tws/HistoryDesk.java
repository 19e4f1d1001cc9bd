package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BarSize;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.PriceBar;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.tws.host.HistoryAsk;
import dev.signalwright.worker.tws.host.Lease;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalData;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Bars. Every request first waits until the gateway's pacing rules allow it; a simulated gateway has none. */
final class HistoryDesk {
    private static final String TRADES = "TRADES";
    /** Epoch seconds for bars within a day; bars of days and weeks carry their date either way. */
    private static final int EPOCH_SECONDS = 2;

    private static final int DATE_CHARS = 8;
    private static final int DAYS_A_WEEK = 7;
    /** Longer stretches must be asked for in years. */
    private static final int MOST_DAYS = 365;

    private final TwsSettings settings;
    private final Conversation conversation;
    private final Governor governor;
    private final boolean paced;
    private final TaskLog log;
    private final SessionCalendar calendar = new SessionCalendar();

    /** @param paced whether the gateway has pacing rules */
    HistoryDesk(TwsSettings settings, Conversation conversation, Governor governor, boolean paced, TaskLog log) {
        this.settings = settings;
        this.conversation = conversation;
        this.governor = governor;
        this.paced = paced;
        this.log = log;
    }

    BarSeries dailyBars(Instrument instrument, Instant end, int years) {
        String what = "The daily bars of " + instrument.symbol() + " could not be read";
        List<HistoricalBar> rows = rows(what, instrument, end, "1 day", years + " Y", true);
        return completeBars(what, instrument, rows, end);
    }

    List<PriceBar> bars(Instrument instrument, Instant end, BarSize size, Duration back, boolean regularHours) {
        String what = "The bars of " + instrument.symbol() + " could not be read";
        List<HistoricalBar> rows = rows(what, instrument, end, word(size), duration(back, size), regularHours);
        List<PriceBar> bars = new ArrayList<>();
        try {
            for (HistoricalBar row : rows) {
                Instant start = start(row.date(), ZoneId.of(instrument.timeZone()));
                if (!start.isAfter(end)) {
                    bars.add(new PriceBar(start, row.open(), row.high(), row.low(), row.close(), row.volume()));
                }
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw conversation.link().garbled(what + ". " + e.getMessage());
        }
        return bars;
    }

    private static String word(BarSize size) {
        return switch (size) {
            case MINUTE -> "1 min";
            case FIVE_MINUTES -> "5 mins";
            case HOUR -> "1 hour";
            case DAY -> "1 day";
            case WEEK -> "1 week";
        };
    }

    static String duration(Duration back, BarSize size) {
        long days = Math.max(1, back.plusDays(1).minusNanos(1).toDays());
        if (days > MOST_DAYS) {
            return (days + MOST_DAYS - 1) / MOST_DAYS + " Y";
        }
        return size == BarSize.WEEK ? (days + DAYS_A_WEEK - 1) / DAYS_A_WEEK + " W" : days + " D";
    }

    private static Instant start(String text, ZoneId zone) {
        return text.length() == DATE_CHARS
                ? TwsTimes.date(text).atStartOfDay(zone).toInstant()
                : Instant.ofEpochSecond(Long.parseLong(text));
    }

    private List<HistoricalBar> rows(
            String what, Instrument instrument, Instant end, String size, String duration, boolean regularHours) {
        int id = conversation.newRequestId();
        String until = TwsTimes.utc(end);
        ClientMessage request = new ClientMessage.ReqHistoricalData(
                id,
                ContractDesk.contractOf(instrument),
                instrument.primaryExchange(),
                until,
                size,
                duration,
                regularHours,
                TRADES,
                EPOCH_SECONDS,
                false);
        String rest = String.join("|", until, size, duration, Boolean.toString(regularHours));
        List<HistoricalBar> rows = new ArrayList<>();
        try (Lease _ = allowed("The request for the bars of " + instrument.symbol(), instrument, rest)) {
            conversation.ask(what, id, request, conversation.in(settings.history()), message -> {
                boolean mine = message instanceof HistoricalData data && data.reqId() == id;
                if (mine) {
                    rows.addAll(((HistoricalData) message).bars());
                }
                return mine;
            });
        } catch (BrokerException e) {
            if (e.kind() == Kind.TIMED_OUT) {
                // It counts as open at the gateway until it is answered or taken back.
                conversation.link().send(new ClientMessage.CancelHistoricalData(id));
            }
            throw e;
        }
        return rows;
    }

    private Lease allowed(String what, Instrument instrument, String rest) {
        if (!paced) {
            return () -> {};
        }
        String contract = instrument.conid() + "|" + instrument.exchange() + "|" + TRADES;
        return governor.history(what, new HistoryAsk(contract, rest, 1), conversation.in(settings.pacing()));
    }

    Instant earliest(Instrument instrument) {
        String what = "The beginning of the bars of " + instrument.symbol() + " could not be read";
        int id = conversation.newRequestId();
        List<Instant> answer = new ArrayList<>();
        ClientMessage request = new ClientMessage.ReqHeadTimestamp(
                id, ContractDesk.contractOf(instrument), instrument.primaryExchange(), true, TRADES, EPOCH_SECONDS);
        try (Lease _ = allowed("The request for the first bar of " + instrument.symbol(), instrument, "head")) {
            conversation.ask(
                    what,
                    id,
                    request,
                    conversation.in(settings.history()),
                    message -> message instanceof ServerMessage.HeadTimestamp head
                            && head.reqId() == id
                            && answer.add(moment(what, head.headTimestamp())));
        }
        // It counts as open at the gateway until it is taken back.
        conversation.link().send(new ClientMessage.CancelHeadTimestamp(id));
        return answer.getFirst();
    }

    private Instant moment(String what, String text) {
        try {
            return text.contains("-") || text.contains(" ")
                    ? TwsTimes.instant(text)
                    : Instant.ofEpochSecond(Long.parseLong(text));
        } catch (DateTimeException | NumberFormatException e) {
            throw conversation.link().garbled(what + ". Its moment is '" + text + "'.");
        }
    }

    private BarSeries completeBars(String what, Instrument instrument, List<HistoricalBar> rows, Instant end) {
        List<Bar> bars = new ArrayList<>();
        BarSeries series;
        try {
            for (HistoricalBar row : rows) {
                LocalDate date = TwsTimes.date(row.date());
                if (isComplete(date, instrument, end)) {
                    bars.add(new Bar(
                            date,
                            row.open(),
                            row.high(),
                            row.low(),
                            row.close(),
                            row.volume().doubleValue()));
                }
            }
            series = new BarSeries(instrument.symbol(), bars);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw conversation.link().garbled(what + ". " + e.getMessage());
        }
        if (bars.size() < rows.size()) {
            log.debug("Left out " + (rows.size() - bars.size()) + " bars of " + instrument.symbol()
                    + " not complete at " + end + ".");
        }
        if (bars.isEmpty()) {
            throw new BrokerException(Kind.NO_DATA, what + ": the gateway has none that were complete at " + end + ".");
        }
        return series;
    }

    /** Of another exchange than New York's the closing times are not known here: its day must be over. */
    private boolean isComplete(LocalDate date, Instrument instrument, Instant end) {
        ZoneId zone = ZoneId.of(instrument.timeZone());
        return zone.equals(SessionCalendar.ZONE)
                ? !calendar.close(date).isAfter(end)
                : date.isBefore(LocalDate.ofInstant(end, zone));
    }
}
