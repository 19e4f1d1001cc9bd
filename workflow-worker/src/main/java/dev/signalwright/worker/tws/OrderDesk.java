package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BracketTicket;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession.OrderTaking;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.OrderTerms;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.message.ServerMessage.OrderStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks orders up and sends one. An order is written to the socket exactly once; whatever goes wrong from that write on
 * makes its state unknown, never a second write.
 */
final class OrderDesk {
    /** After an error about an order the gateway may still say what became of it. */
    private static final Duration AFTER_ERROR = Duration.ofSeconds(2);

    private static final int CANCELLED_NOTICE = 202;
    /** Answers to a cancellation of an order that is not there, or no longer. */
    private static final Set<Integer> GONE = Set.of(133, 134, 135, 136, 161, 10147, 10148);

    private final TwsSettings settings;
    private final Conversation conversation;
    private final int clientId;
    private final Clock clock;
    private int nextOrderId;

    OrderDesk(TwsSettings settings, Conversation conversation, int clientId, int nextOrderId, Clock clock) {
        this.settings = settings;
        this.conversation = conversation;
        this.clientId = clientId;
        this.nextOrderId = nextOrderId;
        this.clock = clock;
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
    private boolean heardOut(Sightings sightings, int id, ClientMessage request, Predicate<ServerMessage> endMark) {
        try {
            conversation.ask(
                    "The orders could not be looked up", id, request, conversation.in(settings.answer()), message -> {
                        sightings.note(message);
                        return endMark.test(message);
                    });
            return true;
        } catch (BrokerException e) {
            if (e.kind() == Kind.GARBLED || e.kind() == Kind.DISCONNECTED) {
                throw e;
            }
            refuseReadOnly();
            return false;
        }
    }

    private void refuseReadOnly() {
        if (conversation.readOnly()) {
            throw new BrokerException(
                    Kind.READ_ONLY,
                    "No order was sent: the gateway takes none. In its settings, under API, switch \"Read-Only API\""
                            + " off.");
        }
    }

    OrderSighting place(OrderTicket ticket) {
        refuseUnsafe();
        int orderId = nextOrderId++;
        return send(reply(ticket, orderId), List.of(order(ticket, orderId, entry(ticket), true, 0)));
    }

    OrderSighting placeBracket(BracketTicket bracket) {
        refuseUnsafe();
        OrderTicket ticket = bracket.entry();
        int entryId = nextOrderId;
        nextOrderId += 3;
        // Only the last is sent with the word to release; it releases all three.
        return send(
                reply(ticket, entryId),
                List.of(
                        order(ticket, entryId, entry(ticket), false, 0),
                        order(ticket, entryId + 1, takeProfit(bracket), false, entryId),
                        order(ticket, entryId + 2, stopLoss(bracket), true, entryId)));
    }

    private static OrderTerms entry(OrderTicket ticket) {
        return OrderTerms.limitDay(
                ticket.side().name(), ticket.quantity(), ticket.limitPrice(), ticket.account(), ticket.orderRef());
    }

    private static OrderTerms takeProfit(BracketTicket bracket) {
        OrderTicket entry = bracket.entry();
        return OrderTerms.limitDay(
                opposite(entry), entry.quantity(), bracket.takeProfit(), entry.account(), entry.orderRef() + "-t");
    }

    private static OrderTerms stopLoss(BracketTicket bracket) {
        OrderTicket entry = bracket.entry();
        return new OrderTerms(
                opposite(entry),
                entry.quantity(),
                "STP",
                Optional.empty(),
                Optional.of(bracket.stopLoss()),
                "DAY",
                "",
                entry.account(),
                entry.orderRef() + "-s",
                false);
    }

    private static String opposite(OrderTicket entry) {
        return (entry.side() == OrderTicket.Side.BUY ? OrderTicket.Side.SELL : OrderTicket.Side.BUY).name();
    }

    private static ClientMessage order(
            OrderTicket ticket, int orderId, OrderTerms terms, boolean transmit, int parentId) {
        return new ClientMessage.PlaceOrder(
                orderId,
                ContractDesk.contractOf(ticket.instrument()),
                ticket.instrument().primaryExchange(),
                terms,
                transmit,
                parentId,
                false);
    }

    /** What the gateway said since the last question is heard before anything is sent. */
    private void refuseUnsafe() {
        refuseReadOnly();
        if (settings.restart()
                .filter(window -> window.forbidsOrders(clock.instant()))
                .isPresent()) {
            throw new BrokerException(
                    Kind.RESTARTING,
                    "No order was sent: the gateway restarts at "
                            + settings.restart().get() + ", and orders of that minute were seen to be lost.");
        }
        conversation.probe("No order was sent");
        refuseReadOnly();
        if (conversation.serversLost()) {
            throw new BrokerException(
                    Kind.SERVERS_LOST,
                    "No order was sent: the gateway has lost Interactive Brokers' servers. Look the order up before"
                            + " trying again.");
        }
    }

    private OrderReply reply(OrderTicket ticket, int orderId) {
        return new OrderReply(ticket, orderId, clientId, conversation.codes());
    }

    private OrderSighting send(OrderReply reply, List<ClientMessage> orders) {
        boolean begun = false;
        try {
            for (ClientMessage order : orders) {
                conversation.link().sendOrFail(order);
                begun = true;
            }
            hear(reply);
        } catch (IOException e) {
            reply.interrupted("The connection broke while the order was sent: " + e.getMessage());
        } catch (BrokerException e) {
            if (!begun) {
                throw e;
            }
            reply.interrupted("Only a part of the order was sent, which the gateway does not release by itself: "
                    + e.getMessage());
        }
        return reply.sighting();
    }

    /** Cancelling an order number that was never used changes nothing and tells whether orders are taken. */
    OrderTaking taking() {
        if (conversation.readOnly()) {
            return OrderTaking.READ_ONLY;
        }
        try {
            conversation.ask(
                    "Whether the gateway takes orders could not be found out",
                    nextOrderId,
                    new ClientMessage.CancelOrder(nextOrderId),
                    conversation.in(settings.order()),
                    _ -> false);
            return OrderTaking.UNKNOWN;
        } catch (BrokerException e) {
            if (e.kind() == Kind.READ_ONLY) {
                return OrderTaking.READ_ONLY;
            }
            return GONE.contains(e.code()) ? OrderTaking.YES : OrderTaking.UNKNOWN;
        }
    }

    OrderState cancel(int orderId) {
        refuseUnsafe();
        List<OrderState> state = new ArrayList<>();
        try {
            conversation.ask(
                    "The order could not be cancelled",
                    orderId,
                    new ClientMessage.CancelOrder(orderId),
                    conversation.in(settings.order()),
                    message -> message instanceof OrderStatus status
                            && status.orderId() == orderId
                            && status.clientId() == clientId
                            && Sightings.state(status.status(), status.whyHeld())
                                    .filter(known -> known != OrderState.WORKING)
                                    .map(state::add)
                                    .orElse(false));
            return state.getFirst();
        } catch (BrokerException e) {
            if (e.kind() == Kind.READ_ONLY) {
                throw e;
            }
            // It is gone, or may still fill: what became of it only a look-up can tell.
            return e.code() == CANCELLED_NOTICE ? OrderState.CANCELLED : OrderState.UNKNOWN;
        }
    }

    void cancelEverything() {
        refuseUnsafe();
        conversation.link().send(new ClientMessage.ReqGlobalCancel());
        conversation.probe("Whether all orders are cancelled is not known");
    }

    private void hear(OrderReply reply) {
        Deadline until = conversation.in(settings.order());
        try {
            while (!reply.certain()) {
                ServerMessage message = conversation.next("The order's fate is not known", until);
                if (message instanceof ErrMsg error && reply.isRefusedBy(error)) {
                    reply.fail(error);
                    until = until.atMost(AFTER_ERROR);
                }
                reply.note(message);
            }
        } catch (BrokerException e) {
            reply.interrupted(e.getMessage());
        }
    }
}
