package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.book.Book;
import dev.signalwright.worker.simulator.market.Prices;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import java.time.OffsetDateTime;
import java.util.List;

/** Sends every request to the desk that answers it. Every request that waits for an answer gets one. */
public final class Switchboard {
    private static final int SYSTEM = -1;
    private static final int MARK_CODE = 2199;

    private final Book book;
    private final String kind;
    private final MarketDesk market;
    private final OrderClerk orders;
    private final Cashier cashier;

    public Switchboard(Prices prices, Book book, SessionCalendar calendar) {
        this.book = book;
        this.kind = prices.kind();
        this.market = new MarketDesk(prices, book, calendar);
        this.orders = new OrderClerk(book);
        this.cashier = new Cashier(book);
    }

    /** What a client hears first, the mark of a simulated gateway among it. */
    List<ServerMessage> welcome(int clientId) {
        OffsetDateTime now = book.now().atZone(SessionCalendar.ZONE).toOffsetDateTime();
        return List.of(
                new ServerMessage.ManagedAccounts(book.state().account()),
                new ServerMessage.NextValidId(book.state().nextOrderId(clientId)),
                new ErrMsg(SYSTEM, 2104, "Market data farm connection is OK:simulated"),
                new ErrMsg(SYSTEM, 2106, "HMDS data farm connection is OK:simulated"),
                new ErrMsg(SYSTEM, 2158, "Sec-def data farm connection is OK:simulated"),
                new ErrMsg(SYSTEM, MARK_CODE, "signalwright-simulator bars=" + kind + " clock=" + now));
    }

    /** @param marketDataType what the client asked for last: 1 live, 2 frozen, 3 delayed, 4 delayed and frozen */
    public List<ServerMessage> answer(int clientId, int marketDataType, ClientMessage request) {
        return switch (request) {
            case ClientMessage.StartApi _ -> welcome(clientId);
            case ClientMessage.ReqIds _ ->
                List.of(new ServerMessage.NextValidId(book.state().nextOrderId(clientId)));
            case ClientMessage.ReqManagedAccts _ ->
                List.of(new ServerMessage.ManagedAccounts(book.state().account()));
            case ClientMessage.ReqCurrentTime _ ->
                List.of(new ServerMessage.CurrentTime(book.now().getEpochSecond()));
            case ClientMessage.ReqContractDetails details -> market.details(details);
            case ClientMessage.ReqHistoricalData bars -> market.bars(bars);
            case ClientMessage.CancelHistoricalData cancel ->
                List.of(new ErrMsg(
                        cancel.reqId(), 366, "No historical data query found for ticker id: " + cancel.reqId()));
            case ClientMessage.ReqHeadTimestamp head -> market.head(head);
            case ClientMessage.ReqMktData data -> market.quote(data, marketDataType);
            case ClientMessage.PlaceOrder order -> orders.place(clientId, order);
            case ClientMessage.CancelOrder cancel -> orders.cancel(clientId, cancel.orderId());
            case ClientMessage.ReqGlobalCancel _ ->
                book.cancelAll().stream()
                        .flatMap(event -> Answers.about(event).stream())
                        .toList();
            case ClientMessage.UnknownRequest unknown ->
                List.of(new ErrMsg(
                        SYSTEM, 320, "Server error when reading an API client request: unknown id " + unknown.id()));
            case ClientMessage.ReqOpenOrders _ -> orders.open(clientId, false);
            case ClientMessage.ReqAllOpenOrders _ -> orders.open(clientId, true);
            case ClientMessage.ReqCompletedOrders _ -> orders.completed();
            case ClientMessage.ReqExecutions executions -> orders.executions(executions);
            case ClientMessage.ReqPositions _ -> cashier.positions();
            case ClientMessage.ReqAccountSummary summary -> cashier.summary(summary);
            case ClientMessage.ReqAccountUpdates updates -> updates.subscribe() ? cashier.updates() : List.of();
            case ClientMessage.ReqAccountUpdatesMulti updates -> cashier.updatesMulti(updates);
            case ClientMessage.CancelHeadTimestamp _,
                    ClientMessage.CancelPositions _,
                    ClientMessage.CancelAccountSummary _,
                    ClientMessage.CancelMktData _,
                    ClientMessage.ReqMarketDataType _,
                    ClientMessage.ReqAutoOpenOrders _ -> List.of();
        };
    }
}
