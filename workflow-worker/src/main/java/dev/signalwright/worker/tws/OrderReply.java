package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.message.ServerMessage.OpenOrder;
import dev.signalwright.worker.tws.message.ServerMessage.OrderStatus;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was heard about one order that was sent, and what it comes to: certain only when the gateway named a state, unknown
 * whenever it did not.
 */
final class OrderReply {
    private static final int CANCELLED_NOTICE = 202;
    private static final int DUPLICATE_ORDER_ID = 103;

    private final OrderTicket ticket;
    private final int orderId;
    private final int clientId;
    private final GatewayCodes codes;
    private long permId;
    private @Nullable OrderStatus status;
    private Optional<OrderState> state = Optional.empty();
    private @Nullable ErrMsg error;
    private @Nullable String trouble;

    OrderReply(OrderTicket ticket, int orderId, int clientId, GatewayCodes codes) {
        this.ticket = ticket;
        this.orderId = orderId;
        this.clientId = clientId;
        this.codes = codes;
    }

    /** Whether that is the gateway's refusal of this order. */
    boolean isRefusedBy(ErrMsg heard) {
        return heard.id() == orderId && codes.of(heard).meaning() == GatewayCodes.Meaning.ERROR;
    }

    /** An open order alone is not the last word: its status, which follows, says what was filled. */
    boolean certain() {
        return status != null && state.isPresent();
    }

    /** Something went wrong on the way; what the gateway said before still counts. */
    void interrupted(@Nullable String why) {
        trouble = why;
    }

    /** Only what follows an error tells whether the order lives in spite of it. */
    void fail(ErrMsg heard) {
        error = heard;
        status = null;
        state = Optional.empty();
    }

    void note(ServerMessage message) {
        switch (message) {
            case OpenOrder order
            when order.orderId() == orderId && order.clientId() == clientId -> {
                permId = order.permId();
                state = Sightings.state(order.status(), "");
            }
            case OrderStatus heard
            when heard.orderId() == orderId && heard.clientId() == clientId -> {
                permId = heard.permId();
                status = heard;
                state = Sightings.state(heard.status(), heard.whyHeld());
            }
            default -> {}
        }
    }

    OrderSighting sighting() {
        BigDecimal filled = status == null ? BigDecimal.ZERO : status.filled();
        return new OrderSighting(
                ticket.orderRef(),
                permId,
                orderId,
                finalState(),
                filled,
                ticket.quantity().subtract(filled),
                status == null ? BigDecimal.ZERO : status.avgFillPrice(),
                remark());
    }

    private OrderState finalState() {
        ErrMsg failure = error;
        if (failure == null) {
            return state.orElse(OrderState.UNKNOWN);
        }
        return switch (failure.code()) {
            // Another order has this number: what became of ours only a look-up can tell.
            case DUPLICATE_ORDER_ID -> OrderState.UNKNOWN;
            case CANCELLED_NOTICE -> OrderState.CANCELLED;
            default -> state.filter(known -> known != OrderState.CANCELLED).orElse(OrderState.REJECTED);
        };
    }

    private String remark() {
        ErrMsg failure = error;
        if (failure != null) {
            String advice = codes.of(failure).advice();
            return (advice + " " + GatewayCodes.words(failure)).strip();
        }
        if (trouble != null && state.isEmpty()) {
            return trouble;
        }
        return status == null ? "" : status.status();
    }
}
