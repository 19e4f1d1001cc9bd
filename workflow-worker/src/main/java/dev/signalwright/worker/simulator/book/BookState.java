package dev.signalwright.worker.simulator.book;

import dev.signalwright.worker.market.SessionCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything the simulator must remember across restarts. Immutable; the state file holds it as JSON.
 *
 * @param kind of prices it was made with: {@code history} or {@code synthetic}
 * @param clock ISO instant up to which sessions were played
 * @param nextOrderIds by client id
 * @param open orders in the order they came
 * @param completed orders that ended in the last complete session or later
 * @param fills of the last complete session or later
 */
public record BookState(
        String account,
        String kind,
        String clock,
        BigDecimal cash,
        long nextPermId,
        int nextExecution,
        Map<String, Integer> nextOrderIds,
        List<BookedOrder> open,
        List<BookedOrder> completed,
        List<Fill> fills,
        List<Holding> holdings) {

    /** Beyond 32 bits, because real ones may be, and a client that cannot read that should fail here. */
    private static final long FIRST_PERM_ID = 2_200_000_001L;

    public BookState {
        nextOrderIds = Map.copyOf(nextOrderIds);
        open = List.copyOf(open);
        completed = List.copyOf(completed);
        fills = List.copyOf(fills);
        holdings = List.copyOf(holdings);
    }

    public static BookState fresh(String account, String kind, String clock, BigDecimal cash) {
        return new BookState(
                account, kind, clock, cash, FIRST_PERM_ID, 1, Map.of(), List.of(), List.of(), List.of(), List.of());
    }

    public int nextOrderId(int clientId) {
        return nextOrderIds.getOrDefault(Integer.toString(clientId), 1);
    }

    Holding holding(String symbol) {
        return holdings.stream()
                .filter(holding -> holding.symbol().equals(symbol))
                .findFirst()
                .orElseGet(() -> Holding.none(symbol));
    }

    BookState withHolding(Holding changed) {
        List<Holding> others = new ArrayList<>(holdings.stream()
                .filter(holding -> !holding.symbol().equals(changed.symbol()))
                .toList());
        others.add(changed);
        return new BookState(
                account, kind, clock, cash, nextPermId, nextExecution, nextOrderIds, open, completed, fills, others);
    }

    /** The order was taken and gets the next lasting id. */
    BookState taken(BookedOrder order) {
        Map<String, Integer> ids = new HashMap<>(nextOrderIds);
        ids.put(Integer.toString(order.clientId()), order.orderId() + 1);
        return new BookState(
                account,
                kind,
                clock,
                cash,
                nextPermId + 1,
                nextExecution,
                ids,
                plus(open, order),
                completed,
                fills,
                holdings);
    }

    BookState withNextOrderId(int clientId, int orderId) {
        Map<String, Integer> ids = new HashMap<>(nextOrderIds);
        ids.put(Integer.toString(clientId), orderId);
        return new BookState(
                account, kind, clock, cash, nextPermId, nextExecution, ids, open, completed, fills, holdings);
    }

    BookState changed(BookedOrder before, BookedOrder after) {
        List<BookedOrder> orders =
                open.stream().map(order -> order.equals(before) ? after : order).toList();
        return withOrders(orders, completed);
    }

    /** The order left the open ones in its final state. */
    BookState ended(BookedOrder before, BookedOrder after) {
        List<BookedOrder> rest =
                open.stream().filter(order -> !order.equals(before)).toList();
        return withOrders(rest, plus(completed, after));
    }

    private BookState withOrders(List<BookedOrder> nowOpen, List<BookedOrder> nowCompleted) {
        return new BookState(
                account,
                kind,
                clock,
                cash,
                nextPermId,
                nextExecution,
                nextOrderIds,
                nowOpen,
                nowCompleted,
                fills,
                holdings);
    }

    BookState booked(Fill fill, BigDecimal cashFlow) {
        return new BookState(
                account,
                kind,
                clock,
                cash.add(cashFlow),
                nextPermId,
                nextExecution + 1,
                nextOrderIds,
                open,
                completed,
                plus(fills, fill),
                holdings);
    }

    /** The clock moved; only what belongs to that session or later stays in the day's lists. */
    BookState at(Instant newClock, LocalDate oldestSession) {
        String oldest = oldestSession.toString();
        return new BookState(
                account,
                kind,
                newClock.toString(),
                cash,
                nextPermId,
                nextExecution,
                nextOrderIds,
                open,
                completed.stream()
                        .filter(order -> sessionOf(order.endedAt()).compareTo(oldest) >= 0)
                        .toList(),
                fills.stream()
                        .filter(fill -> fill.session().compareTo(oldest) >= 0)
                        .toList(),
                holdings);
    }

    private static String sessionOf(String instant) {
        return LocalDate.ofInstant(Instant.parse(instant), SessionCalendar.ZONE).toString();
    }

    private static <T> List<T> plus(List<T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }
}
