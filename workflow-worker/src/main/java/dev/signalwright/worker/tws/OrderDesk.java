package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.OrderTerms;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.message.ServerMessage.OpenOrder;
import dev.signalwright.worker.tws.message.ServerMessage.OrderStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks orders up and sends one. An order is written to the socket exactly once; whatever goes wrong from that write on
 * makes its state unknown, never a second write.
 */
final class OrderDesk {
    /** After an error about an order the gateway may still say what became of it. */
    private static final Duration AFTER_ERROR = Duration.ofSeconds(2);

    private static final int CANCELLED_NOTICE = 202;
    private static final int DUPLICATE_ORDER_ID = 103;

    private final TwsSettings settings;
    private final Conversation conversation;
    private final int clientId;
    private int nextOrderId;

    OrderDesk(TwsSettings settings, Conversation conversation, int clientId, int nextOrderId) {
        this.settings = settings;
        this.conversation = conversation;
        this.clientId = clientId;
        this.nextOrderId = nextOrderId;
    }

    OrderLookup find(String orderRef) {
        Sightings sightings = new Sightings(orderRef, clientId);
        int id = conversation.newRequestId();
        boolean complete = heardOut(
                sightings,
                Conversation.NO_ID,
                new ClientMessage.ReqAllOpenOrders(),
                message -> message instanceof ServerMessage.OpenOrderEnd);
        complete &= heardOut(
                sightings,
                Conversation.NO_ID,
                new ClientMessage.ReqCompletedOrders(false),
                message -> message instanceof ServerMessage.CompletedOrdersEnd);
        complete &= heardOut(
                sightings,
                id,
                new ClientMessage.ReqExecutions(id, 0, "", "", "", ""),
                message -> message instanceof ServerMessage.ExecDetailsEnd end && end.reqId() == id);
        return new OrderLookup(sightings.sightings(), complete && !conversation.serversLost());
    }

    /** Whether the list ended with its end mark in time. */
    private boolean heardOut(
            Sightings sightings, int id, ClientMessage request, Predicate<ServerMessage> endMark) {
        try {
            conversation.ask(
                    "The orders could not be looked up", id, request, conversation.in(settings.answer()), message -> {
                        sightings.note(message);
                        return endMark.test(message);
                    });
            return true;
        } catch (BrokerException e) {
            if (e.kind() == Kind.GARBLED || (e.kind() == Kind.DISCONNECTED && !conversation.serversLost())) {
                throw e;
            }
            return false;
        }
    }

    OrderSighting place(OrderTicket ticket) {
        if (conversation.serversLost()) {
            throw new BrokerException(
                    Kind.DISCONNECTED,
                    "No order was sent: the gateway has lost Interactive Brokers' servers. Look the order up before"
                            + " trying again.");
        }
        int orderId = nextOrderId++;
        ClientMessage order = new ClientMessage.PlaceOrder(
                orderId,
                TwsSession.contractOf(ticket.instrument()),
                ticket.instrument().primaryExchange(),
                OrderTerms.limitDay(
                        ticket.side().name(),
                        ticket.quantity(),
                        ticket.limitPrice(),
                        ticket.account(),
                        ticket.orderRef()),
                true,
                0,
                false);
        Reply reply = new Reply(ticket, orderId);
        try {
            conversation.link().sendOrFail(order);
            hear(reply);
        } catch (IOException e) {
            reply.trouble = "The connection broke while the order was sent: " + e.getMessage();
        }
        return reply.sighting();
    }

    private void hear(Reply reply) {
        Deadline until = conversation.in(settings.order());
        try {
            while (!reply.certain()) {
                ServerMessage message = conversation.next("The order's fate is not known", until);
                if (message instanceof ErrMsg error && error.id() == reply.orderId && isFailure(error)) {
                    reply.fail(error);
                    until = until.atMost(AFTER_ERROR);
                }
                reply.note(message);
            }
        } catch (BrokerException e) {
            reply.trouble = e.getMessage();
        }
    }

    private boolean isFailure(ErrMsg error) {
        return conversation.codes().of(error).meaning() == GatewayCodes.Meaning.ERROR;
    }

    /** What was heard about one order that was sent. */
    private final class Reply {
        private final OrderTicket ticket;
        private final int orderId;
        private long permId;
        private @Nullable OrderStatus status;
        private Optional<OrderState> state = Optional.empty();
        private @Nullable ErrMsg error;
        private @Nullable String trouble;

        Reply(OrderTicket ticket, int orderId) {
            this.ticket = ticket;
            this.orderId = orderId;
        }

        /** An open order alone is not the last word: its status, which follows, says what was filled. */
        boolean certain() {
            return status != null && state.isPresent();
        }

        /** Only what follows an error tells whether the order lives in spite of it. */
        void fail(ErrMsg heard) {
            error = heard;
            status = null;
            state = Optional.empty();
        }

        void note(ServerMessage message) {
            switch (message) {
                case OpenOrder order when order.orderId() == orderId && order.clientId() == clientId -> {
                    permId = order.permId();
                    state = Sightings.state(order.status(), "");
                }
                case OrderStatus heard when heard.orderId() == orderId && heard.clientId() == clientId -> {
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
                String advice = conversation.codes().of(failure).advice();
                return (advice + " " + GatewayCodes.words(failure)).strip();
            }
            if (trouble != null && state.isEmpty()) {
                return trouble;
            }
            return status == null ? "" : status.status();
        }
    }
}
