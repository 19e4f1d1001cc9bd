package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.CompletedOrder;
import dev.signalwright.worker.tws.message.ServerMessage.ExecDetails;
import dev.signalwright.worker.tws.message.ServerMessage.OpenOrder;
import dev.signalwright.worker.tws.message.ServerMessage.OrderStatus;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what the gateway's three lists (open, completed, executed) say about the orders of one reference. An
 * order is told from another by its lasting id.
 */
final class Sightings {
    private final String orderRef;
    private final int clientId;
    private final Map<Long, OpenOrder> open = new LinkedHashMap<>();
    private final Map<Long, CompletedOrder> completed = new LinkedHashMap<>();
    private final Map<String, ExecDetails> fills = new LinkedHashMap<>();
    private final Map<Long, OrderStatus> statuses = new HashMap<>();

    Sightings(String orderRef, int clientId) {
        this.orderRef = orderRef;
        this.clientId = clientId;
    }

    void note(ServerMessage message) {
        switch (message) {
            case OpenOrder order when order.terms().orderRef().equals(orderRef) -> open.put(order.permId(), order);
            case CompletedOrder order when order.terms().orderRef().equals(orderRef) ->
                completed.put(order.permId(), order);
            case ExecDetails fill when fill.orderRef().equals(orderRef) ->
                fills.merge(
                        AccountDesk.baseId(fill.execId()),
                        fill,
                        (one, other) -> one.execId().compareTo(other.execId()) >= 0 ? one : other);
            case OrderStatus status -> statuses.put(status.permId(), status);
            default -> {}
        }
    }

    List<OrderSighting> sightings() {
        Map<Long, OrderSighting> found = new LinkedHashMap<>();
        fills.values().forEach(fill -> found.put(fill.permId(), ofFills(fill)));
        open.values().forEach(order -> found.put(order.permId(), ofOpen(order)));
        completed.values().forEach(order -> found.put(order.permId(), ofCompleted(order)));
        return List.copyOf(found.values());
    }

    /** Neither open nor completed, yet executed: it is finished. */
    private OrderSighting ofFills(ExecDetails fill) {
        return new OrderSighting(
                orderRef,
                fill.permId(),
                0,
                OrderState.FILLED,
                filled(fill.permId()),
                BigDecimal.ZERO,
                averagePrice(fill.permId()),
                "known from its executions only");
    }

    private OrderSighting ofOpen(OpenOrder order) {
        OrderStatus status = statuses.get(order.permId());
        BigDecimal filled = status == null ? filled(order.permId()) : status.filled();
        return new OrderSighting(
                orderRef,
                order.permId(),
                order.clientId() == clientId ? order.orderId() : 0,
                state(order.status(), whyHeld(status)).orElse(OrderState.WORKING),
                filled,
                order.terms().totalQuantity().subtract(filled),
                status == null ? averagePrice(order.permId()) : status.avgFillPrice(),
                order.status());
    }

    private static String whyHeld(@Nullable OrderStatus status) {
        return status == null ? "" : status.whyHeld();
    }

    private OrderSighting ofCompleted(CompletedOrder order) {
        BigDecimal filled = order.filledQuantity().orElseGet(() -> filled(order.permId()));
        return new OrderSighting(
                orderRef,
                order.permId(),
                0,
                state(order.status(), "").orElse(OrderState.UNKNOWN),
                filled,
                order.terms().totalQuantity().subtract(filled),
                averagePrice(order.permId()),
                order.completedStatus());
    }

    private BigDecimal filled(long permId) {
        return fills.values().stream()
                .filter(fill -> fill.permId() == permId)
                .map(ExecDetails::shares)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal averagePrice(long permId) {
        return fills.values().stream()
                .filter(fill -> fill.permId() == permId)
                .reduce((one, other) -> one.cumQty().compareTo(other.cumQty()) >= 0 ? one : other)
                .map(ExecDetails::avgPrice)
                .orElse(BigDecimal.ZERO);
    }

    /** What the gateway's word says for certain; empty while it has not decided. */
    static Optional<OrderState> state(String status, String whyHeld) {
        return switch (status) {
            case "Filled" -> Optional.of(OrderState.FILLED);
            case "Cancelled", "ApiCancelled" -> Optional.of(OrderState.CANCELLED);
            case "Inactive" ->
                Optional.of(whyHeld.contains("locate") ? OrderState.WORKING : OrderState.REJECTED);
            case "PreSubmitted", "Submitted", "PendingCancel", "PreCancelled" -> Optional.of(OrderState.WORKING);
            default -> Optional.empty();
        };
    }
}
