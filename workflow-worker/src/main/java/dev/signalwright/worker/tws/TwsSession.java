package dev.signalwright.worker.tws;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BarSize;
import dev.signalwright.worker.broker.BracketTicket;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.broker.PriceBar;
import dev.signalwright.worker.broker.Quote;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.tws.host.Lease;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.ServerMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One session: the clock and the desks for contracts, bars, orders and accounts. */
final class TwsSession implements BrokerSession {
    private static final int DELAYED = 3;
    /** A gateway collects a snapshot's prices for up to 11 s before it ends it. */
    private static final Duration SNAPSHOT_TAKES = Duration.ofSeconds(12);

    private final TwsSettings settings;
    private final Conversation conversation;
    private final Handshake handshake;
    private final OrderDesk orders;
    private final AccountDesk accounts;
    private final ContractDesk contracts;
    private final HistoryDesk history;
    private final Lease clientNumber;

    TwsSession(
            TwsSettings settings,
            Conversation conversation,
            Handshake handshake,
            int clientId,
            Governor governor,
            Clock clock,
            Lease clientNumber,
            TaskLog log) {
        this.settings = settings;
        this.conversation = conversation;
        this.handshake = handshake;
        this.accounts = new AccountDesk(settings, conversation);
        this.orders = new OrderDesk(settings, conversation, clientId, handshake.nextOrderId(), clock);
        this.contracts = new ContractDesk(settings, conversation);
        this.history = new HistoryDesk(
                settings, conversation, governor, !handshake.identity().simulated(), log);
        this.clientNumber = clientNumber;
        if (settings.delayedPrices()) {
            conversation.link().send(new ClientMessage.ReqMarketDataType(DELAYED));
        }
    }

    /** Delayed from the moment on at which the gateway said so, or from the start when delayed prices were asked for. */
    @Override
    public GatewayIdentity identity() {
        GatewayIdentity told = handshake.identity();
        if (!settings.delayedPrices() && !conversation.delayed()) {
            return told;
        }
        return new GatewayIdentity(
                told.accounts(),
                told.kind(),
                told.origin().worst(Origin.DELAYED),
                told.simulatedClock(),
                told.serverVersion());
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
        return contracts.instrument(symbol);
    }

    @Override
    public List<SessionHours> hours(Instrument instrument) {
        return contracts.hours(instrument);
    }

    @Override
    public BarSeries dailyBars(Instrument instrument, Instant end, int years) {
        return history.dailyBars(instrument, end, years);
    }

    @Override
    public List<PriceBar> bars(Instrument instrument, Instant end, BarSize size, Duration back, boolean regularHours) {
        return history.bars(instrument, end, size, back, regularHours);
    }

    @Override
    public Instant earliestBar(Instrument instrument) {
        return history.earliest(instrument);
    }

    @Override
    public Quote quote(Instrument instrument) {
        String what = "The prices of " + instrument.symbol() + " could not be read";
        int id = conversation.newRequestId();
        Snapshot snapshot = new Snapshot(id);
        conversation.ask(
                what,
                id,
                new ClientMessage.ReqMktData(
                        id, ContractDesk.contractOf(instrument), instrument.primaryExchange(), "", true),
                conversation.in(settings.answer().plus(SNAPSHOT_TAKES)),
                snapshot::hear);
        return snapshot.quote(identity().origin());
    }

    @Override
    public OrderTaking orderTaking() {
        return orders.taking();
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
    public OrderSighting placeBracket(BracketTicket ticket) {
        return orders.placeBracket(ticket);
    }

    @Override
    public OrderState cancel(int orderId) {
        return orders.cancel(orderId);
    }

    @Override
    public void cancelEverything() {
        orders.cancelEverything();
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
        clientNumber.close();
    }
}
