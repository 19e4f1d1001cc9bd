package dev.signalwright.worker.simulator.book;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.market.DayBar;
import dev.signalwright.worker.simulator.market.Listing;
import dev.signalwright.worker.simulator.market.Prices;
import dev.signalwright.worker.tws.message.ClientMessage.PlaceOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The account and its orders. Every change is on disk before anybody hears of it. Thread-safe: one lock.
 */
public final class Book {
    /** Where a move of the clock stands in the day: before the open, when the daily run starts. */
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Prices prices;
    private final SimulatedClock clock;
    private final SessionCalendar calendar;
    private final StateFile file;
    private final BigDecimal participation;
    private BookState state;

    public Book(
            Prices prices,
            SimulatedClock clock,
            SessionCalendar calendar,
            StateFile file,
            BookState fresh,
            BigDecimal participation)
            throws IOException {
        this.prices = prices;
        this.clock = clock;
        this.calendar = calendar;
        this.file = file;
        this.participation = participation;
        this.state = file.read().orElse(fresh);
        if (!state.kind().equals(prices.kind()) || !state.account().equals(fresh.account())) {
            throw new IOException("The state in the state folder belongs to account " + state.account() + " with "
                    + state.kind() + " bars, not to " + fresh.account() + " with " + prices.kind()
                    + ". Use another --state-dir, or delete the state to begin anew.");
        }
        file.write(state);
    }

    public synchronized BookState state() {
        return state;
    }

    public synchronized Instant now() {
        return clock.standsStill()
                ? Instant.parse(state.clock())
                : clock.present().instant();
    }

    /** In the present: plays the sessions that have closed since the last call. Nothing when the clock stands still. */
    public synchronized List<BookEvent> catchUp() {
        return clock.standsStill() ? List.of() : moveTo(now());
    }

    /** Moves the standing clock to the morning of the next session and plays what lies between. */
    public synchronized List<BookEvent> nextSession() {
        LocalDate next = calendar.next(LocalDate.ofInstant(now(), SessionCalendar.ZONE));
        return moveTo(next.atTime(MORNING).atZone(SessionCalendar.ZONE).toInstant());
    }

    private List<BookEvent> moveTo(Instant to) {
        Instant from = Instant.parse(state.clock());
        List<BookEvent> events = new ArrayList<>();
        BookState played = state;
        LocalDate session = calendar.sessionDate(from);
        if (calendar.close(session).isAfter(to)) {
            return events;
        }
        for (; !calendar.close(session).isAfter(to); session = calendar.next(session)) {
            Session day = new Session(prices, calendar, session, participation, played);
            played = day.play();
            events.addAll(day.events());
        }
        save(played.at(to, calendar.lastComplete(to)));
        return events;
    }

    /** Takes, changes or refuses an order; nothing happens aloud while it is held. */
    public synchronized List<BookEvent> place(int clientId, PlaceOrder request) {
        BookedOrder wanted = toOrder(clientId, request);
        Optional<BookEvent.Refused> refusal = OrderRules.check(request, wanted, prices, state.account());
        if (refusal.isPresent()) {
            return List.of(refusal.get());
        }
        Optional<BookedOrder> live = live(clientId, request.orderId());
        if (live.isPresent()) {
            return change(live.get(), wanted);
        }
        if (request.orderId() < state.nextOrderId(clientId)) {
            return List.of(new BookEvent.Refused(wanted, 103, "Duplicate order id"));
        }
        if (wanted.parentId() != 0 && live(clientId, wanted.parentId()).isEmpty()) {
            return List.of(new BookEvent.Refused(wanted, 10006, "Missing parent order."));
        }
        if (wanted.buys() && cost(wanted).compareTo(availableFunds()) > 0) {
            return List.of(new BookEvent.Refused(
                    wanted,
                    201,
                    "Order rejected - reason:The order costs " + cost(wanted).toPlainString() + " USD and "
                            + availableFunds().toPlainString() + " USD are available."));
        }
        save(state.taken(wanted));
        return wanted.held() ? List.of() : released(wanted);
    }

    /** With the last of a group comes all that was held back for it: the parent first, then its children. */
    private List<BookEvent> released(BookedOrder last) {
        List<BookedOrder> group = state.open().stream()
                .filter(order -> order.permId() == last.permId()
                        || (order.held() && (last.isChildOf(order) || isSibling(order, last) || order.isChildOf(last))))
                .sorted(Comparator.comparingLong(BookedOrder::permId))
                .toList();
        List<BookEvent> events = new ArrayList<>();
        for (BookedOrder order : group) {
            BookedOrder free = order.released();
            save(state.changed(order, free));
            events.add(new BookEvent.Changed(free));
        }
        return events;
    }

    private static boolean isSibling(BookedOrder one, BookedOrder other) {
        return one.parentId() != 0 && one.parentId() == other.parentId() && one.clientId() == other.clientId();
    }

    private List<BookEvent> change(BookedOrder live, BookedOrder wanted) {
        boolean sameBasics = live.symbol().equals(wanted.symbol())
                && live.action().equals(wanted.action())
                && live.type().equals(wanted.type());
        if (!sameBasics) {
            return List.of(new BookEvent.Refused(live, 105, "Order being modified does not match original order"));
        }
        if (wanted.quantity().compareTo(live.filled()) <= 0) {
            return List.of(new BookEvent.Refused(
                    live, 104, "Cannot modify a filled order: " + live.filled().toPlainString() + " are filled."));
        }
        BookedOrder changed =
                live.changed(wanted.quantity(), wanted.limit(), wanted.stop(), live.held() && wanted.held());
        save(state.changed(live, changed));
        return changed.held() ? List.of() : live.held() ? released(changed) : List.of(new BookEvent.Changed(changed));
    }

    /** The next order id of the client goes back, and with it what counts as used. */
    public synchronized void rollBackIds(int clientId, int by) {
        save(state.withNextOrderId(clientId, Math.max(1, state.nextOrderId(clientId) - by)));
    }

    private BookedOrder toOrder(int clientId, PlaceOrder request) {
        return new BookedOrder(
                state.nextPermId(),
                clientId,
                request.orderId(),
                symbol(request.contract().symbol(), request.contract().conId()),
                request.contract().exchange(),
                request.terms().action(),
                request.terms().totalQuantity(),
                request.terms().orderType(),
                request.terms().lmtPrice().orElse(BigDecimal.ZERO),
                request.terms().tif().isEmpty() ? "DAY" : request.terms().tif(),
                request.terms().account().isEmpty()
                        ? state.account()
                        : request.terms().account(),
                request.terms().orderRef(),
                request.terms().outsideRth(),
                calendar.sessionDate(now()).toString(),
                BookedOrder.WAITING,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                "",
                "",
                request.terms().auxPrice().filter(aux -> aux.signum() != 0).orElse(null),
                request.parentId(),
                ocaGroup(clientId, request),
                false,
                !request.transmit());
    }

    /** Children of one order are a group by themselves. */
    private @Nullable String ocaGroup(int clientId, PlaceOrder request) {
        if (!request.terms().ocaGroup().isEmpty() || request.parentId() == 0) {
            return request.terms().ocaGroup();
        }
        return live(clientId, request.parentId())
                .map(parent -> Long.toString(parent.permId()))
                .orElse(null);
    }

    /** What the order would be, without taking it. */
    public synchronized BookedOrder imagined(int clientId, PlaceOrder request) {
        return toOrder(clientId, request);
    }

    /** The ticker; a contract may be named by its id alone. */
    public String symbol(String symbol, int conid) {
        return conid == 0
                ? symbol
                : prices.symbols().stream()
                        .filter(known -> Listing.of(known).conid() == conid)
                        .findFirst()
                        .orElse(symbol);
    }

    private Optional<BookedOrder> live(int clientId, int orderId) {
        return state.open().stream()
                .filter(order -> order.belongsTo(clientId, orderId))
                .findFirst();
    }

    /** Cancels an open order of that client. */
    public synchronized List<BookEvent> cancel(int clientId, int orderId) {
        Optional<BookedOrder> live = live(clientId, orderId);
        if (live.isPresent()) {
            return cancel(live.get(), "");
        }
        return state.completed().stream()
                .filter(order -> order.belongsTo(clientId, orderId))
                .findFirst()
                .<List<BookEvent>>map(done -> List.of(new BookEvent.Refused(
                        done,
                        10148,
                        "OrderId " + orderId + " that needs to be cancelled can not be cancelled, state: "
                                + done.status() + ".")))
                .orElse(List.of());
    }

    public synchronized List<BookEvent> cancelAll() {
        List<BookEvent> events = new ArrayList<>();
        while (!state.open().isEmpty()) {
            events.addAll(cancel(state.open().getFirst(), ""));
        }
        return events;
    }

    /** The order, and with it the children that wait for it. */
    private List<BookEvent> cancel(BookedOrder order, String words) {
        List<BookedOrder> family = Stream.concat(
                        Stream.of(order), state.open().stream().filter(other -> other.isChildOf(order)))
                .toList();
        List<BookEvent> events = new ArrayList<>();
        for (BookedOrder one : family) {
            BookedOrder done = one.ended(
                    BookedOrder.CANCELLED, one.filled(), one.averagePrice(), now().toString(), "Cancelled by Trader");
            save(state.ended(one, done));
            events.add(new BookEvent.Changed(done));
            events.add(new BookEvent.Refused(done, 202, "Order Canceled - reason:" + words));
        }
        return events;
    }

    /** Price of the last bar that is complete now, in today's shares; zero when there is none. */
    public synchronized BigDecimal lastClose(String symbol) {
        LocalDate last = calendar.lastComplete(now());
        List<DayBar> bars = prices.adjusted(symbol, last, last);
        return bars.isEmpty() ? BigDecimal.ZERO : bars.getLast().close();
    }

    public synchronized BigDecimal netLiquidation() {
        return state.holdings().stream()
                .map(holding -> holding.quantity().multiply(lastClose(holding.symbol())))
                .reduce(state.cash(), BigDecimal::add);
    }

    /** Cash that no open order to buy has taken into account yet. */
    public synchronized BigDecimal availableFunds() {
        return state.open().stream()
                .filter(BookedOrder::buys)
                .map(this::cost)
                .reduce(state.cash(), BigDecimal::subtract);
    }

    private BigDecimal cost(BookedOrder order) {
        if (order.parentId() != 0) {
            return BigDecimal.ZERO; // it closes what its parent opens
        }
        BigDecimal price = order.hasLimit() ? order.limit() : order.stopPrice().orElse(lastClose(order.symbol()));
        return price.multiply(order.remaining()).add(Session.commission(order.remaining()));
    }

    private void save(BookState changed) {
        file.write(changed);
        state = changed;
    }
}
