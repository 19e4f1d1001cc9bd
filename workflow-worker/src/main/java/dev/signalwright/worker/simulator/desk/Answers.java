package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.simulator.book.BookEvent;
import dev.signalwright.worker.simulator.book.BookedOrder;
import dev.signalwright.worker.simulator.book.Fill;
import dev.signalwright.worker.simulator.book.Session;
import dev.signalwright.worker.simulator.market.Listing;
import dev.signalwright.worker.tws.message.OrderTerms;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.CommissionReport;
import dev.signalwright.worker.tws.message.ServerMessage.CompletedOrder;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.message.ServerMessage.ExecDetails;
import dev.signalwright.worker.tws.message.ServerMessage.OpenOrder;
import dev.signalwright.worker.tws.message.ServerMessage.OrderStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the gateway says about orders and fills. */
public final class Answers {
    /** The request id of what nobody asked for. */
    private static final int UNASKED = -1;

    private static final String UNSET = "1.7976931348623157E308";

    private Answers() {}

    /** What the owner of the order hears. */
    public static List<ServerMessage> about(BookEvent event) {
        return switch (event) {
            case BookEvent.Changed(BookedOrder order) -> order.held() ? List.of() : state(order);
            case BookEvent.Refused(BookedOrder order, int code, String words) ->
                List.of(new ErrMsg(order.orderId(), code, words));
            case BookEvent.Filled(Fill fill) -> {
                List<ServerMessage> answers = new ArrayList<>(List.of(execution(UNASKED, fill)));
                answers.addAll(state(fill.order()));
                answers.add(commission(fill));
                yield answers;
            }
        };
    }

    static List<ServerMessage> state(BookedOrder order) {
        return List.of(openOrder(order, false), status(order));
    }

    static OpenOrder openOrder(BookedOrder order, boolean whatIf) {
        boolean commissionKnown = whatIf || order.status().equals(BookedOrder.FILLED);
        return new OpenOrder(
                order.orderId(),
                Listing.of(order.symbol()).contract(order.exchange()),
                terms(order),
                order.clientId(),
                order.permId(),
                order.parentId(),
                whatIf,
                order.status(),
                commissionKnown ? Optional.of(Session.commission(order.quantity())) : Optional.empty(),
                commissionKnown ? "USD" : "",
                "");
    }

    private static OrderTerms terms(BookedOrder order) {
        return new OrderTerms(
                order.action(),
                order.quantity(),
                order.type(),
                Optional.of(order.limit()),
                Optional.of(order.stopPrice().orElse(BigDecimal.ZERO)),
                order.tif(),
                order.oca().orElse(""),
                order.account(),
                order.orderRef(),
                order.outsideRth());
    }

    static OrderStatus status(BookedOrder order) {
        return new OrderStatus(
                order.orderId(),
                order.status(),
                order.filled(),
                order.quantity().subtract(order.filled()),
                order.averagePrice(),
                order.permId(),
                order.parentId(),
                order.averagePrice(),
                order.clientId(),
                "");
    }

    static CompletedOrder completed(BookedOrder order) {
        return new CompletedOrder(
                Listing.of(order.symbol()).contract(order.exchange()),
                terms(order),
                order.permId(),
                order.status(),
                Optional.of(order.filled()),
                GatewayTimes.write(Instant.parse(order.endedAt())),
                order.endedHow());
    }

    static ExecDetails execution(int requestId, Fill fill) {
        BookedOrder order = fill.order();
        Listing listing = Listing.of(order.symbol());
        return new ExecDetails(
                requestId,
                order.orderId(),
                listing.contract(listing.primaryExchange()),
                fill.execId(),
                GatewayTimes.write(Instant.parse(fill.time())),
                order.account(),
                listing.primaryExchange(),
                order.buys() ? "BOT" : "SLD",
                fill.quantity(),
                fill.price(),
                order.permId(),
                order.clientId(),
                order.filled(),
                order.averagePrice(),
                order.orderRef());
    }

    static CommissionReport commission(Fill fill) {
        return new CommissionReport(
                fill.execId(),
                Optional.of(fill.commission()),
                "USD",
                fill.profit().map(BigDecimal::toPlainString).orElse(UNSET));
    }
}
