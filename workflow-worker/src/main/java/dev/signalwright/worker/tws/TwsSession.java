package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ContractDetails;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalData;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One session: contracts, bars and the clock; orders and accounts are with their desks. */
final class TwsSession implements BrokerSession {
    private final TwsSettings settings;
    private final Conversation conversation;
    private final Handshake handshake;
    private final OrderDesk orders;
    private final AccountDesk accounts;
    private final TaskLog log;
    private final SessionCalendar calendar = new SessionCalendar();
    private final Map<Integer, List<SessionHours>> hoursByConid = new HashMap<>();

    TwsSession(
            TwsSettings settings, Conversation conversation, Handshake handshake, int clientId, TaskLog log) {
        this.settings = settings;
        this.conversation = conversation;
        this.handshake = handshake;
        this.accounts = new AccountDesk(settings, conversation);
        this.orders = new OrderDesk(settings, conversation, clientId, handshake.nextOrderId());
        this.log = log;
    }

    @Override
    public GatewayIdentity identity() {
        return handshake.identity();
    }

    @Override
    public Instant currentTime() {
        List<Instant> answer = new ArrayList<>();
        conversation.ask(
                "The gateway's clock could not be read",
                Conversation.NO_ID,
                new ClientMessage.ReqCurrentTime(),
                conversation.in(settings.answer()),
                message -> message instanceof ServerMessage.CurrentTime time
                        && answer.add(Instant.ofEpochSecond(time.epochSeconds())));
        return answer.getFirst();
    }

    @Override
    public Instrument instrument(String symbol) {
        String what = "The symbol " + symbol + " could not be resolved";
        Contract wanted = Contract.stock(0, symbol, "SMART", "", "");
        Map<Integer, ContractDetails> found = details(what, wanted);
        if (found.isEmpty()) {
            throw new BrokerException(Kind.UNKNOWN_SYMBOL, what + ": the gateway knows no US stock of that name.");
        }
        if (found.size() > 1) {
            List<String> listings = found.values().stream()
                    .map(one -> one.longName() + " at " + one.primaryExch() + " (contract "
                            + one.contract().conId() + ")")
                    .sorted()
                    .toList();
            throw new BrokerException(
                    Kind.AMBIGUOUS, what + ": " + found.size() + " stocks fit: " + String.join("; ", listings) + ".");
        }
        return toInstrument(what, found.values().iterator().next());
    }

    private Map<Integer, ContractDetails> details(String what, Contract wanted) {
        int id = conversation.newRequestId();
        Map<Integer, ContractDetails> found = new HashMap<>();
        conversation.ask(
                what,
                id,
                new ClientMessage.ReqContractDetails(id, wanted, ""),
                conversation.in(settings.answer()),
                message -> {
                    if (message instanceof ContractDetails details && details.reqId() == id) {
                        found.put(details.contract().conId(), details);
                    }
                    return message instanceof ServerMessage.ContractDetailsEnd end && end.reqId() == id;
                });
        return found;
    }

    private Instrument toInstrument(String what, ContractDetails details) {
        Contract contract = details.contract();
        try {
            hoursByConid.put(
                    contract.conId(), TwsTimes.hours(details.liquidHours(), TwsTimes.zone(details.timeZoneId())));
            return new Instrument(
                    contract.conId(),
                    contract.symbol(),
                    contract.exchange(),
                    details.primaryExch(),
                    contract.currency(),
                    details.minTick(),
                    TwsTimes.zone(details.timeZoneId()).getId());
        } catch (DateTimeException e) {
            throw conversation.link().garbled(what + ": its time zone is '" + details.timeZoneId() + "'.");
        }
    }

    @Override
    public List<SessionHours> hours(Instrument instrument) {
        if (!hoursByConid.containsKey(instrument.conid())) {
            String what = "The trading hours of " + instrument.symbol() + " could not be read";
            Optional.ofNullable(details(what, contractOf(instrument)).get(instrument.conid()))
                    .ifPresent(details -> toInstrument(what, details));
        }
        return hoursByConid.getOrDefault(instrument.conid(), List.of());
    }

    static Contract contractOf(Instrument instrument) {
        return Contract.stock(instrument.conid(), instrument.symbol(), instrument.exchange(), "", "");
    }

    @Override
    public BarSeries dailyBars(Instrument instrument, Instant end, int years) {
        String what = "The daily bars of " + instrument.symbol() + " could not be read";
        int id = conversation.newRequestId();
        ClientMessage request = new ClientMessage.ReqHistoricalData(
                id,
                contractOf(instrument),
                instrument.primaryExchange(),
                TwsTimes.utc(end),
                "1 day",
                years + " Y",
                true,
                "TRADES",
                2,
                false);
        List<HistoricalBar> rows = new ArrayList<>();
        conversation.ask(what, id, request, conversation.in(settings.history()), message -> {
            boolean mine = message instanceof HistoricalData data && data.reqId() == id;
            if (mine) {
                rows.addAll(((HistoricalData) message).bars());
            }
            return mine;
        });
        return completeBars(what, instrument.symbol(), rows, end);
    }

    private BarSeries completeBars(String what, String symbol, List<HistoricalBar> rows, Instant end) {
        List<Bar> bars = new ArrayList<>();
        BarSeries series;
        try {
            for (HistoricalBar row : rows) {
                LocalDate date = TwsTimes.date(row.date());
                if (!calendar.close(date).isAfter(end)) {
                    bars.add(new Bar(
                            date,
                            row.open(),
                            row.high(),
                            row.low(),
                            row.close(),
                            row.volume().doubleValue()));
                }
            }
            series = new BarSeries(symbol, bars);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw conversation.link().garbled(what + ". " + e.getMessage());
        }
        if (bars.size() < rows.size()) {
            log.debug("Left out " + (rows.size() - bars.size()) + " bars of " + symbol + " not complete at " + end
                    + ".");
        }
        if (bars.isEmpty()) {
            throw new BrokerException(Kind.NO_DATA, what + ": the gateway has none that were complete at " + end + ".");
        }
        return series;
    }

    @Override
    public OrderLookup findOrders(String orderRef) {
        return orders.find(orderRef);
    }

    @Override
    public OrderSighting place(OrderTicket ticket) {
        return orders.place(ticket);
    }

    @Override
    public List<Execution> executions() {
        return accounts.executions();
    }

    @Override
    public AccountSnapshot account(String account) {
        return accounts.snapshot(account);
    }

    @Override
    public void close() {
        conversation.link().close();
    }
}
