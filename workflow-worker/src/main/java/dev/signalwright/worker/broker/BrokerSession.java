package dev.signalwright.worker.broker;

import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import java.time.Duration;
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

    /**
     * TRADES bars that end at or before {@code end}, oldest first, split-adjusted, of any size.
     *
     * @param back how far back from {@code end}; rounded up to what the gateway can express
     * @param regularHours whether bars outside the exchange's regular hours are left out
     * @throws BrokerException as {@link #dailyBars}
     */
    default List<PriceBar> bars(Instrument instrument, Instant end, BarSize size, Duration back, boolean regularHours) {
        throw notHere("bars of other sizes");
    }

    /** The first moment for which there are trades. */
    default Instant earliestBar(Instrument instrument) {
        throw notHere("the beginning of a history");
    }

    /**
     * Prices of now.
     *
     * @throws BrokerException {@code NO_PERMISSION}, {@code COMPETING_SESSION}, {@code TIMED_OUT}, ...
     */
    default Quote quote(Instrument instrument) {
        throw notHere("prices of now");
    }

    /** Whether the gateway takes orders, found out without sending one. */
    default OrderTaking orderTaking() {
        return OrderTaking.UNKNOWN;
    }

    /** Every order with that reference the gateway knows: open of all clients, completed and executed today. */
    OrderLookup findOrders(String orderRef);

    /**
     * Sends one limit order, exactly once. Only the {@code order} room calls this.
     *
     * @return what the gateway said within the deadline; {@link OrderState#UNKNOWN} when nothing certain was heard
     * @throws BrokerException only when it is certain that nothing was sent
     */
    OrderSighting place(OrderTicket ticket);

    /**
     * Sends an order with its two ways out, each message exactly once. Only the {@code order} room calls this.
     *
     * @return what the gateway said about the entry order; the other two are found by their references
     * @throws BrokerException only when it is certain that nothing was sent
     */
    default OrderSighting placeBracket(BracketTicket ticket) {
        throw notHere("orders with a bracket");
    }

    /**
     * Asks to cancel an order of this session. It may still fill until it is reported as cancelled.
     *
     * @param orderId as in {@link OrderSighting}; orders of other sessions have none and cannot be cancelled here
     * @return what the gateway said; an order that was already gone is not an error
     */
    default OrderState cancel(int orderId) {
        throw notHere("cancelling");
    }

    /** Asks to cancel every order of the user, also those entered by hand. For an operator in need, not for tasks. */
    default void cancelEverything() {
        throw notHere("cancelling");
    }

    private static BrokerException notHere(String what) {
        return new BrokerException(
                BrokerException.Kind.REFUSED,
                "This way to the gateway does not offer " + what + ". Set IBKR_ADAPTER=tws to have it.");
    }

    /** Whether a gateway takes orders. */
    enum OrderTaking {
        YES,
        READ_ONLY,
        /** It did not say. */
        UNKNOWN
    }

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
