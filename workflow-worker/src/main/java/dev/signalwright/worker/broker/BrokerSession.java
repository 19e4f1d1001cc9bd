package dev.signalwright.worker.broker;

import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One session at a gateway. Not thread-safe; calls block up to their deadline. */
public interface BrokerSession extends AutoCloseable {
    /** Who answered: accounts, kind, and for a simulated gateway where it stands in time. */
    GatewayIdentity identity();

    /** The gateway's clock. Also the round-trip probe: an answer proves that the session is alive. */
    Instant currentTime();

    /**
     * The one US stock with that ticker (SMART routing, USD).
     *
     * @throws BrokerException {@code UNKNOWN_SYMBOL} or {@code AMBIGUOUS}, naming what was found
     */
    Instrument instrument(String symbol);

    /** The exchange's hours around now, as the gateway states them; may be empty. */
    List<SessionHours> hours(Instrument instrument);

    /**
     * Daily TRADES bars of regular hours that are complete at {@code end}, oldest first.
     *
     * @param years how many years back; fewer when there are fewer
     * @throws BrokerException {@code NO_DATA} when there are none, {@code NO_PERMISSION}, {@code PACING}, ...
     */
    BarSeries dailyBars(Instrument instrument, Instant end, int years);

    /** Every order with that reference the gateway knows: open of all clients, completed and executed today. */
    OrderLookup findOrders(String orderRef);

    /**
     * Sends one limit order, exactly once. Only the {@code order} room calls this.
     *
     * @return what the gateway said within the deadline; {@link OrderState#UNKNOWN} when nothing certain was heard
     * @throws BrokerException only when it is certain that nothing was sent
     */
    OrderSighting place(OrderTicket ticket);

    /** Executions since the gateway's midnight, corrections applied, each with its commission when reported. */
    List<Execution> executions();

    /** Positions and cash of the account. */
    AccountSnapshot account(String account);

    @Override
    void close();

    /**
     * Opening hours of one date.
     *
     * @param date the session date
     * @param open empty range when closed: open equals close
     */
    record SessionHours(LocalDate date, Instant open, Instant close, boolean closed) {}
}
