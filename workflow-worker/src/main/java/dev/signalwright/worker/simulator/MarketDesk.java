package dev.signalwright.worker.simulator;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.tws.message.ClientMessage.ReqContractDetails;
import dev.signalwright.worker.tws.message.ClientMessage.ReqHeadTimestamp;
import dev.signalwright.worker.tws.message.ClientMessage.ReqHistoricalData;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ContractDetails;
import dev.signalwright.worker.tws.message.ServerMessage.ContractDetailsEnd;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.message.ServerMessage.HeadTimestamp;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalData;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Contracts and bars. Nothing later than the clock leaves this desk. */
final class MarketDesk {
    private static final int EPOCH_SECONDS = 2;
    private static final Set<String> EXCHANGES = Set.of("", "SMART", "NASDAQ", "NYSE", "ISLAND");
    private static final BigDecimal THREE = BigDecimal.valueOf(3);

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
                "DAY,GTC,LMT,MKT,WHATIF",
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
        boolean served = request.barSizeSetting().equals("1 day")
                && (request.whatToShow().equals("TRADES") || request.whatToShow().equals("ADJUSTED_LAST"))
                && !request.keepUpToDate();
        if (!served) {
            return failed(request.reqId(), 162, "only complete 1 day bars of TRADES are kept here");
        }
        if (request.whatToShow().equals("ADJUSTED_LAST") && !request.endDateTime().isEmpty()) {
            return failed(request.reqId(), 321, "End date not supported with ADJUSTED_LAST");
        }
        try {
            return bars(request, listing.get().symbol());
        } catch (DateTimeException e) {
            return failed(request.reqId(), 321, String.valueOf(e.getMessage()));
        }
    }

    private List<ServerMessage> bars(ReqHistoricalData request, String symbol) {
        Instant now = book.now();
        Instant end = request.endDateTime().isEmpty() ? now : GatewayTimes.readEnd(request.endDateTime());
        LocalDate endDay = LocalDate.ofInstant(end, SessionCalendar.ZONE);
        LocalDate first = GatewayTimes.firstDay(endDay, request.durationStr());
        LocalDate last = calendar.lastComplete(end.isAfter(now) ? now : end);
        LocalDate today = LocalDate.ofInstant(now, SessionCalendar.ZONE);
        List<HistoricalBar> bars = prices.adjusted(symbol, last, endDay.isAfter(today) ? today : endDay).stream()
                .filter(bar -> !bar.session().isBefore(first))
                .map(MarketDesk::wire)
                .toList();
        if (bars.isEmpty()) {
            return failed(
                    request.reqId(), 162, "HMDS query returned no data: " + symbol + "@SMART " + request.whatToShow());
        }
        Instant start = first.atStartOfDay(SessionCalendar.ZONE).toInstant();
        return List.of(
                new HistoricalData(request.reqId(), GatewayTimes.write(start), GatewayTimes.write(end), bars));
    }

    private static HistoricalBar wire(DayBar bar) {
        BigDecimal typical = bar.high().add(bar.low()).add(bar.close()).divide(THREE, MathContext.DECIMAL32);
        return new HistoricalBar(
                DateTimeFormatter.BASIC_ISO_DATE.format(bar.session()),
                bar.open().doubleValue(),
                bar.high().doubleValue(),
                bar.low().doubleValue(),
                bar.close().doubleValue(),
                bar.volume().stripTrailingZeros(),
                typical,
                0);
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
                : GatewayTimes.write(first);
        return List.of(new HeadTimestamp(request.reqId(), text));
    }
}
