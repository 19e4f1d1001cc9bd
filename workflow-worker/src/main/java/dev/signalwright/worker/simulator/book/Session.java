package dev.signalwright.worker.simulator.book;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.market.DayBar;
import dev.signalwright.worker.simulator.market.DayPath;
import dev.signalwright.worker.simulator.market.Prices;
import dev.signalwright.worker.simulator.market.Split;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plays one past session: splits first, then every open order along the {@link DayPath} of its stock, then the day's end.
 * A price that the path jumps over (the gap at the open) is filled where it lands; a price that it passes, at that
 * price. One order takes at most a part of the day's volume; the rest waits or ends with the day. One instance plays one
 * session; state in, state and events out.
 */
public final class Session {
    private static final BigDecimal COMMISSION_PER_SHARE = new BigDecimal("0.005");
    private static final BigDecimal LEAST_COMMISSION = new BigDecimal("1.00");
    private static final int PRICE_SCALE = 8;

    private final Prices prices;
    private final SessionCalendar calendar;
    private final LocalDate date;
    private final BigDecimal participation;
    private final List<BookEvent> events = new ArrayList<>();
    private final Map<Long, BigDecimal> takenToday = new HashMap<>();
    private BookState state;

    /** @param participation the part of a day's volume that one order can take, above 0 and at most 1 */
    Session(Prices prices, SessionCalendar calendar, LocalDate date, BigDecimal participation, BookState before) {
        this.prices = prices;
        this.calendar = calendar;
        this.date = date;
        this.participation = participation;
        this.state = before;
    }

    List<BookEvent> events() {
        return events;
    }

    BookState play() {
        afterSplits();
        Set<String> symbols = new LinkedHashSet<>();
        state.open().forEach(order -> symbols.add(order.symbol()));
        for (String symbol : symbols) {
            bar(symbol).ifPresent(bar -> walk(symbol, new DayPath(bar, calendar.open(date), calendar.close(date))));
        }
        for (BookedOrder order : state.open()) {
            boolean over = order.tif().equals("DAY") && !order.firstSession().isAfter(date);
            if (over && isOpen(order)) {
                cancel(current(order), "Cancelled by System: the session ended");
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

    private void walk(String symbol, DayPath path) {
        List<BigDecimal> corners = path.corners();
        for (int leg = 0; leg < DayPath.LEGS; leg++) {
            BigDecimal from = corners.get(leg);
            BigDecimal to = corners.get(leg + 1);
            Optional<Touch> touch = next(symbol, path.bar(), from, to);
            while (touch.isPresent()) {
                take(touch.get(), path.bar(), path.when(leg, touch.get().price()));
                from = touch.get().price();
                touch = next(symbol, path.bar(), from, to);
            }
        }
    }

    /** An order and the price of the path that sets it off. */
    private record Touch(BookedOrder order, BigDecimal price) {}

    /** What the way from here to there sets off first; among equals the order that came first. */
    private Optional<Touch> next(String symbol, DayBar bar, BigDecimal from, BigDecimal to) {
        Optional<Touch> first = Optional.empty();
        for (BookedOrder order : state.open()) {
            if (order.symbol().equals(symbol)
                    && isActive(order)
                    && room(order, bar).signum() > 0) {
                Optional<BigDecimal> price = touchPrice(order, from, to);
                boolean nearer = price.isPresent()
                        && (first.isEmpty()
                                || distance(from, price.get())
                                                .compareTo(distance(
                                                        from, first.get().price()))
                                        < 0);
                if (nearer) {
                    first = Optional.of(new Touch(order, price.get()));
                }
            }
        }
        return first;
    }

    private static BigDecimal distance(BigDecimal from, BigDecimal to) {
        return to.subtract(from).abs();
    }

    private boolean isActive(BookedOrder order) {
        boolean waitsForParent = state.open().stream().anyMatch(order::isChildOf);
        return !order.held() && !waitsForParent && !order.firstSession().isAfter(date);
    }

    static Optional<BigDecimal> touchPrice(BookedOrder order, BigDecimal from, BigDecimal to) {
        if (order.hasStop() && !order.triggered()) {
            BigDecimal stop = order.stopPrice().orElse(BigDecimal.ZERO);
            return order.buys() ? reachedFromBelow(stop, from, to) : reachedFromAbove(stop, from, to);
        }
        if (!order.hasLimit()) {
            return Optional.of(from);
        }
        return order.buys() ? reachedFromAbove(order.limit(), from, to) : reachedFromBelow(order.limit(), from, to);
    }

    /** Where the way is at or above that price first. */
    private static Optional<BigDecimal> reachedFromBelow(BigDecimal price, BigDecimal from, BigDecimal to) {
        if (from.compareTo(price) >= 0) {
            return Optional.of(from);
        }
        return to.compareTo(price) >= 0 ? Optional.of(price) : Optional.empty();
    }

    private static Optional<BigDecimal> reachedFromAbove(BigDecimal price, BigDecimal from, BigDecimal to) {
        if (from.compareTo(price) <= 0) {
            return Optional.of(from);
        }
        return to.compareTo(price) <= 0 ? Optional.of(price) : Optional.empty();
    }

    /** Whole shares that the order can still take today. */
    private BigDecimal room(BookedOrder order, DayBar bar) {
        BigDecimal most = bar.volume()
                .multiply(participation)
                .setScale(0, RoundingMode.DOWN)
                .max(BigDecimal.ONE)
                .subtract(takenToday.getOrDefault(order.permId(), BigDecimal.ZERO));
        return most.min(order.remaining());
    }

    private void take(Touch touch, DayBar bar, Instant time) {
        BookedOrder order = touch.order();
        if (order.hasStop() && !order.triggered()) {
            change(order, order.touched());
            return; // a stop without limit goes on as a market order from the same price
        }
        fill(order, room(order, bar), touch.price(), time);
    }

    private void fill(BookedOrder order, BigDecimal shares, BigDecimal price, Instant time) {
        takenToday.merge(order.permId(), shares, BigDecimal::add);
        BigDecimal filled = order.filled().add(shares);
        BigDecimal average = order.filled()
                .multiply(order.averagePrice())
                .add(shares.multiply(price))
                .divide(filled, PRICE_SCALE, RoundingMode.HALF_EVEN)
                .round(MathContext.DECIMAL64)
                .stripTrailingZeros();
        boolean whole = filled.compareTo(order.quantity()) == 0;
        BookedOrder after = whole
                ? order.ended(
                        BookedOrder.FILLED, filled, average, time.toString(), "Filled Size: " + filled.toPlainString())
                : order.partly(filled, average);
        BigDecimal commission = commission(filled)
                .subtract(order.filled().signum() == 0 ? BigDecimal.ZERO : commission(order.filled()));
        BigDecimal signed = order.buys() ? shares : shares.negate();
        Holding before = state.holding(order.symbol());
        Holding holding = before.traded(signed, price, commission);
        BigDecimal profit = holding.realized().subtract(before.realized());
        Fill fill = new Fill(
                "5157.%08x.01.01".formatted(state.nextExecution()),
                after,
                price,
                date.toString(),
                time.toString(),
                commission,
                shares,
                profit.signum() == 0 ? null : profit.stripTrailingZeros());
        state = (whole ? state.ended(order, after) : state.changed(order, after))
                .booked(fill, signed.multiply(price).add(commission).negate())
                .withHolding(holding);
        events.add(new BookEvent.Filled(fill));
        if (whole) {
            wakeChildren(after);
        }
        order.oca().ifPresent(group -> reduceSiblings(group, after, shares, whole));
    }

    /** A limit works at once, a stop goes on waiting for its price. */
    private void wakeChildren(BookedOrder parent) {
        for (BookedOrder child : state.open()) {
            if (child.isChildOf(parent) && !child.hasStop()) {
                change(child, child.withStatus(BookedOrder.WORKING));
            }
        }
    }

    private void reduceSiblings(String group, BookedOrder filled, BigDecimal shares, boolean whole) {
        for (BookedOrder sibling : state.open()) {
            boolean inGroup = sibling.oca().filter(group::equals).isPresent() && sibling.permId() != filled.permId();
            if (inGroup) {
                BigDecimal left = sibling.quantity().subtract(shares);
                if (whole || left.compareTo(sibling.filled()) <= 0) {
                    cancel(sibling, "Cancelled by System: another order of its group was filled");
                } else {
                    change(sibling, sibling.withQuantity(left));
                }
            }
        }
    }

    private void change(BookedOrder before, BookedOrder after) {
        state = state.changed(before, after);
        events.add(new BookEvent.Changed(after));
    }

    private boolean isOpen(BookedOrder order) {
        return state.open().stream().anyMatch(open -> open.permId() == order.permId());
    }

    private BookedOrder current(BookedOrder order) {
        return state.open().stream()
                .filter(open -> open.permId() == order.permId())
                .findFirst()
                .orElse(order);
    }

    /** In IBKR's fixed tariff for US stocks: half a cent a share, at least a dollar an order. */
    public static BigDecimal commission(BigDecimal shares) {
        return shares.multiply(COMMISSION_PER_SHARE).max(LEAST_COMMISSION).stripTrailingZeros();
    }

    /** Children of an order that bought nothing go with it; of one that bought a part they keep that part. */
    private void cancel(BookedOrder order, String words) {
        BookedOrder done = order.ended(
                BookedOrder.CANCELLED,
                order.filled(),
                order.averagePrice(),
                calendar.close(date).toString(),
                words);
        state = state.ended(order, done);
        events.add(new BookEvent.Changed(done));
        events.add(new BookEvent.Refused(done, 202, "Order Canceled - reason:" + words));
        for (BookedOrder child : state.open()) {
            if (child.isChildOf(order) && isOpen(child)) {
                if (order.filled().signum() == 0) {
                    cancel(child, words);
                } else {
                    change(child, child.withQuantity(order.filled()));
                }
            }
        }
    }

    /** Holdings become shares of after the split; what was ordered at the old price is cancelled. */
    private void afterSplits() {
        for (Holding holding : state.holdings()) {
            for (Split split : prices.splits(holding.symbol())) {
                if (split.session().equals(date)) {
                    state = state.withHolding(holding.split(split));
                }
            }
        }
        for (BookedOrder order : state.open()) {
            boolean atOldPrice = prices.splits(order.symbol()).stream()
                    .anyMatch(split ->
                            split.session().equals(date) && order.firstSession().isBefore(date));
            if (atOldPrice && isOpen(order)) {
                cancel(current(order), "Cancelled by System: the stock was split");
            }
        }
    }
}
