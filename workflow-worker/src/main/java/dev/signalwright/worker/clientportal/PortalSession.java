package dev.signalwright.worker.clientportal;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.tws.ContractPin;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One session: the clock and who answered; everything else is with its desk. */
final class PortalSession implements BrokerSession {
    private final PortalLink link;
    private final PortalLogin login;
    private final Clock clock;
    private final ContractDesk contracts;
    private final HistoryDesk history;
    private final QuoteDesk quotes;
    private final PortalOrders orders;
    private final PortalAccounts accounts;
    private Origin origin = Origin.LIVE;

    PortalSession(
            PortalLink link,
            PortalLogin login,
            Map<String, ContractPin> pins,
            Clock clock,
            Sleeper sleeper,
            TaskLog log) {
        this.link = link;
        this.login = login;
        this.clock = clock;
        Pause pause = new Pause(sleeper);
        this.contracts = new ContractDesk(link, pins, log);
        this.history = new HistoryDesk(link, log);
        this.quotes = new QuoteDesk(link, pause, log);
        this.orders = new PortalOrders(link, login, pause, log);
        this.accounts = new PortalAccounts(link, log);
    }

    /** The origin is that of the bars read last; before any were read, that of the account's own words: live. */
    @Override
    public GatewayIdentity identity() {
        return new GatewayIdentity(login.accounts(), login.kind(), origin, Optional.empty(), 0);
    }

    /** The date that the gateway's answer bears; without one this machine's time, the answer still being the probe. */
    @Override
    public Instant currentTime() {
        String what = "The gateway's clock could not be read";
        PortalAnswer answer =
                link.post(what, "/tickle", Json.object(), link.address().answer());
        answer.good(what);
        return answer.date().orElseGet(clock::instant);
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
        HistoryDesk.Bars bars = history.daily(instrument, end, years);
        origin = quotes.availability(instrument).worst(bars.origin());
        return bars.series();
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
        return accounts.executions(currentTime());
    }

    @Override
    public AccountSnapshot account(String account) {
        return accounts.snapshot(account);
    }

    @Override
    public void close() {
        link.close();
    }
}
