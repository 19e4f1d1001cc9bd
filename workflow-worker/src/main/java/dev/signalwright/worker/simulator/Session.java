package dev.signalwright.worker.simulator;

import dev.signalwright.worker.market.SessionCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays one past session: splits first, then every open order against the session's bar, then the day's end. Pure: state
 * in, state and events out.
 */
final class Session {
    private static final BigDecimal COMMISSION_PER_SHARE = new BigDecimal("0.005");
    private static final BigDecimal LEAST_COMMISSION = new BigDecimal("1.00");

    private final Prices prices;
    private final SessionCalendar calendar;
    private final LocalDate date;
    private final List<BookEvent> events = new ArrayList<>();

    Session(Prices prices, SessionCalendar calendar, LocalDate date) {
        this.prices = prices;
        this.calendar = calendar;
        this.date = date;
    }

    List<BookEvent> events() {
        return events;
    }

    BookState play(BookState before) {
        BookState state = afterSplits(before);
        for (BookedOrder order : state.open()) {
            if (!order.firstSession().isAfter(date)) {
                Optional<DayBar> bar = bar(order.symbol());
                Optional<BigDecimal> price = bar.flatMap(day -> fillPrice(order, day));
                state = price.isPresent() ? filled(state, order, bar.orElseThrow(), price.get()) : expired(state, order);
            }
        }
        return state;
    }

    private Optional<DayBar> bar(String symbol) {
        List<DayBar> traded = prices.traded(symbol, date);
        return traded.isEmpty() || !traded.getLast().session().equals(date)
                ? Optional.empty()
                : Optional.of(traded.getLast());
    }

    /** A limit that the open beats is filled at the open; one inside the bar's range at the limit. */
    static Optional<BigDecimal> fillPrice(BookedOrder order, DayBar bar) {
        if (order.isMarket()) {
            return Optional.of(bar.open());
        }
        if (order.isBuy()) {
            return bar.low().compareTo(order.limit()) <= 0
                    ? Optional.of(order.limit().min(bar.open()))
                    : Optional.empty();
        }
        return bar.high().compareTo(order.limit()) >= 0
                ? Optional.of(order.limit().max(bar.open()))
                : Optional.empty();
    }

    private BookState filled(BookState state, BookedOrder order, DayBar bar, BigDecimal price) {
        boolean atOpen = price.compareTo(bar.open()) == 0;
        Instant time = atOpen ? calendar.open(date) : calendar.close(date);
        BookedOrder done = order.ended(
                BookedOrder.FILLED, order.quantity(), price, time.toString(), "Filled Size: " + order.quantity());
        BigDecimal commission = commission(order.quantity());
        Fill fill = new Fill(
                "5157.%08x.01.01".formatted(state.nextExecution()), done, price, date.toString(), time.toString(),
                commission);
        events.add(new BookEvent.Filled(fill));
        BigDecimal shares = order.isBuy() ? order.quantity() : order.quantity().negate();
        Holding holding = state.holding(order.symbol()).traded(shares, price, commission);
        return state.ended(order, done)
                .booked(fill, shares.multiply(price).add(commission).negate())
                .withHolding(holding);
    }

    static BigDecimal commission(BigDecimal shares) {
        return shares.multiply(COMMISSION_PER_SHARE).max(LEAST_COMMISSION).stripTrailingZeros();
    }

    private BookState expired(BookState state, BookedOrder order) {
        if (order.tif().equals("GTC")) {
            return state;
        }
        return cancelled(state, order, "Cancelled by System: the session ended");
    }

    private BookState cancelled(BookState state, BookedOrder order, String words) {
        BookedOrder done = order.ended(
                BookedOrder.CANCELLED,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                calendar.close(date).toString(),
                words);
        events.add(new BookEvent.Changed(done));
        events.add(new BookEvent.Refused(done, 202, "Order Canceled - reason:" + words));
        return state.ended(order, done);
    }

    /** Holdings become shares of after the split; what was ordered at the old price is cancelled. */
    private BookState afterSplits(BookState before) {
        BookState state = before;
        for (Holding holding : before.holdings()) {
            for (Split split : prices.splits(holding.symbol())) {
                if (split.session().equals(date)) {
                    state = state.withHolding(holding.split(split));
                }
            }
        }
        for (BookedOrder order : before.open()) {
            boolean atOldPrice = prices.splits(order.symbol()).stream()
                    .anyMatch(split -> split.session().equals(date)
                            && order.firstSession().isBefore(date));
            if (atOldPrice) {
                state = cancelled(state, order, "Cancelled by System: the stock was split");
            }
        }
        return state;
    }
}
