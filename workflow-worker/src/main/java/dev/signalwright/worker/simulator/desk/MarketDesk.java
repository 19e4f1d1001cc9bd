package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.book.Book;
import dev.signalwright.worker.simulator.market.DayBar;
import dev.signalwright.worker.simulator.market.Listing;
import dev.signalwright.worker.simulator.market.Prices;
import dev.signalwright.worker.simulator.market.Ticks;
import dev.signalwright.worker.tws.message.ClientMessage.ReqContractDetails;
import dev.signalwright.worker.tws.message.ClientMessage.ReqHeadTimestamp;
import dev.signalwright.worker.tws.message.ClientMessage.ReqHistoricalData;
import dev.signalwright.worker.tws.message.ClientMessage.ReqMktData;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ContractDetails;
import dev.signalwright.worker.tws.message.ServerMessage.ContractDetailsEnd;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.message.ServerMessage.HeadTimestamp;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalData;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Contracts and bars. Nothing later than the clock leaves this desk. */
final class MarketDesk {
    private static final int EPOCH_SECONDS = 2;
    private static final Set<String> EXCHANGES = Set.of("", "SMART", "NASDAQ", "NYSE", "ISLAND");
    private static final int FIRST_DELAYED_TYPE = 3;

    private final Prices prices;
    private final Book book;
    private final SessionCalendar calendar;

    MarketDesk(Prices prices, Book book, SessionCalendar calendar) {
        this.prices = prices;
        this.book = book;
        this.calendar = calendar;
    }

    private Optional<Listing> listing(Contract contract) {
        boolean stock = contract.secType().equals("STK") || (contract.secType().isEmpty() && contract.conId() != 0);
        boolean currency = contract.currency().isEmpty() || contract.currency().equals("USD");
        String symbol = book.symbol(contract.symbol(), contract.conId());
        return stock && currency && EXCHANGES.contains(contract.exchange()) && prices.knows(symbol)
                ? Optional.of(Listing.of(symbol))
                : Optional.empty();
    }

    private static List<ServerMessage> unknown(int id) {
        return List.of(new ErrMsg(id, 200, "No security definition has been found for the request"));
    }

    List<ServerMessage> details(ReqContractDetails request) {
        Optional<Listing> listing = listing(request.contract());
        if (listing.isEmpty()) {
            return unknown(request.reqId());
        }
        String exchange = request.contract().exchange().isEmpty()
                ? "SMART"
                : request.contract().exchange();
        return List.of(details(request.reqId(), listing.get(), exchange), new ContractDetailsEnd(request.reqId()));
    }

    private ContractDetails details(int requestId, Listing listing, String exchange) {
        Instant now = book.now();
        return new ContractDetails(
                requestId,
                listing.contract(exchange),
                listing.tradingClass(),
                Listing.MIN_TICK,
                "DAY,GTC,LMT,MKT,STP,STPLMT,WHATIF",
                "SMART," + listing.primaryExchange(),
                1,
                listing.name(),
                listing.primaryExchange(),
                GatewayTimes.ZONE_NAME,
                GatewayTimes.hours(calendar, now, false),
                GatewayTimes.hours(calendar, now, true),
                List.of(),
                1,
                "26,26",
                "COMMON",
                Optional.of(BigDecimal.ONE),
                Optional.of(BigDecimal.ONE),
                Optional.of(BigDecimal.valueOf(100)));
    }

    List<ServerMessage> bars(ReqHistoricalData request) {
        Optional<Listing> listing = listing(request.contract());
        if (listing.isEmpty()) {
            return unknown(request.reqId());
        }
        Optional<BarSize> size = BarSize.of(request.barSizeSetting());
        if (size.isEmpty()) {
            return failed(request.reqId(), 321, "invalid bar size: " + request.barSizeSetting());
        }
        boolean trades = request.whatToShow().equals("TRADES");
        if (request.keepUpToDate() || !(trades || request.whatToShow().equals("ADJUSTED_LAST"))) {
            return failed(request.reqId(), 162, "only complete bars of TRADES and ADJUSTED_LAST are kept here");
        }
        if (!trades && !request.endDateTime().isEmpty()) {
            return failed(request.reqId(), 321, "End date not supported with ADJUSTED_LAST");
        }
        if (size.get().isIntraday() && !prices.madeUp()) {
            return failed(request.reqId(), 162, "of real history only bars of a day, a week or a month are kept here");
        }
        try {
            return bars(request, listing.get().symbol(), size.get());
        } catch (DateTimeException e) {
            return failed(request.reqId(), 321, String.valueOf(e.getMessage()));
        }
    }

    private List<ServerMessage> bars(ReqHistoricalData request, String symbol, BarSize size) {
        Instant now = book.now();
        Instant asked = request.endDateTime().isEmpty() ? now : GatewayTimes.readEnd(request.endDateTime());
        Instant end = asked.isAfter(now) ? now : asked;
        LocalDate endDay = LocalDate.ofInstant(asked, SessionCalendar.ZONE);
        LocalDate first = size.firstDay(GatewayTimes.firstDay(endDay, request.durationStr()));
        LocalDate today = LocalDate.ofInstant(now, SessionCalendar.ZONE);
        List<DayBar> days =
                prices.adjusted(symbol, calendar.lastComplete(end), endDay.isAfter(today) ? today : endDay).stream()
                        .filter(bar -> !bar.session().isBefore(first))
                        .toList();
        List<HistoricalBar> bars = size.cut(days, calendar, end, request.formatDate() == EPOCH_SECONDS);
        if (bars.isEmpty()) {
            return failed(
                    request.reqId(), 162, "HMDS query returned no data: " + symbol + "@SMART " + request.whatToShow());
        }
        Instant start = first.atStartOfDay(SessionCalendar.ZONE).toInstant();
        return List.of(new HistoricalData(request.reqId(), GatewayTimes.write(start), GatewayTimes.write(asked), bars));
    }

    private static List<ServerMessage> failed(int requestId, int code, String words) {
        String prefix = code == 162
                ? "Historical Market Data Service error message:"
                : "Error validating request.-'bH' : cause - ";
        return List.of(new ErrMsg(requestId, code, prefix + words));
    }

    List<ServerMessage> head(ReqHeadTimestamp request) {
        Optional<Listing> listing = listing(request.contract());
        if (listing.isEmpty()) {
            return unknown(request.reqId());
        }
        List<DayBar> bars = prices.traded(listing.get().symbol(), calendar.lastComplete(book.now()));
        if (bars.isEmpty()) {
            return failed(request.reqId(), 162, "HMDS query returned no data: head timestamp");
        }
        Instant first = calendar.open(bars.getFirst().session());
        String text = request.formatDate() == EPOCH_SECONDS
                ? Long.toString(first.getEpochSecond())
                : GatewayTimes.writeUniversal(first);
        return List.of(new HeadTimestamp(request.reqId(), text));
    }

    /** The last complete session as a quote: one tick below and above the close. Nobody trades between the sessions. */
    List<ServerMessage> quote(ReqMktData request, int marketDataType) {
        Optional<Listing> listing = listing(request.contract());
        if (listing.isEmpty()) {
            return unknown(request.reqId());
        }
        if (request.snapshot() && !request.genericTickList().isEmpty()) {
            return List.of(new ErrMsg(
                    request.reqId(), 414, "Snapshot market data subscription is not applicable to generic ticks."));
        }
        LocalDate last = calendar.lastComplete(book.now());
        List<DayBar> bars = prices.adjusted(listing.get().symbol(), last, last);
        List<ServerMessage> ticks = new ArrayList<>();
        ticks.add(new ServerMessage.MarketDataType(request.reqId(), marketDataType));
        ticks.add(new ServerMessage.TickReqParams(request.reqId(), Listing.MIN_TICK, "9c0001", 3));
        if (!bars.isEmpty()) {
            ticks.addAll(Ticks.of(request.reqId(), bars.getLast(), marketDataType >= FIRST_DELAYED_TYPE));
            String time = Long.toString(calendar.close(last).getEpochSecond());
            ticks.add(new ServerMessage.TickString(
                    request.reqId(), marketDataType >= FIRST_DELAYED_TYPE ? 88 : 45, time));
        }
        if (request.snapshot()) {
            ticks.add(new ServerMessage.TickSnapshotEnd(request.reqId()));
        }
        return ticks;
    }
}
