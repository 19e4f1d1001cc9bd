package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.simulator.book.Book;
import dev.signalwright.worker.simulator.book.BookEvent;
import dev.signalwright.worker.simulator.book.BookedOrder;
import dev.signalwright.worker.simulator.book.Fill;
import dev.signalwright.worker.tws.message.ClientMessage.PlaceOrder;
import dev.signalwright.worker.tws.message.ClientMessage.ReqExecutions;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import java.util.ArrayList;
import java.util.List;

/** Takes and lists orders for one client after the other. */
final class OrderClerk {
    private final Book book;

    OrderClerk(Book book) {
        this.book = book;
    }

    List<ServerMessage> place(int clientId, PlaceOrder request) {
        if (request.whatIf()) {
            return whatIf(clientId, request);
        }
        return book.place(clientId, request).stream()
                .flatMap(event -> Answers.about(event).stream())
                .toList();
    }

    /** No order: the answer only shows what it would cost. */
    private List<ServerMessage> whatIf(int clientId, PlaceOrder request) {
        return List.of(Answers.openOrder(book.imagined(clientId, request), true));
    }

    List<ServerMessage> cancel(int clientId, int orderId) {
        List<BookEvent> events = book.cancel(clientId, orderId);
        if (events.isEmpty()) {
            return List.of(
                    new ErrMsg(orderId, 10147, "OrderId " + orderId + " that needs to be cancelled is not found."));
        }
        return events.stream().flatMap(event -> Answers.about(event).stream()).toList();
    }

    List<ServerMessage> open(int clientId, boolean ofAllClients) {
        List<ServerMessage> answers = new ArrayList<>();
        book.state().open().stream()
                .filter(order -> !order.held() && (ofAllClients || order.clientId() == clientId))
                .forEach(order -> answers.addAll(Answers.state(order)));
        answers.add(new ServerMessage.OpenOrderEnd());
        return answers;
    }

    List<ServerMessage> completed() {
        List<ServerMessage> answers = new ArrayList<>();
        book.state().completed().forEach(order -> answers.add(Answers.completed(order)));
        answers.add(new ServerMessage.CompletedOrdersEnd());
        return answers;
    }

    List<ServerMessage> executions(ReqExecutions request) {
        List<ServerMessage> answers = new ArrayList<>();
        List<Fill> fills = book.state().fills().stream()
                .filter(fill -> matches(request, fill.order()))
                .toList();
        for (Fill fill : fills) {
            answers.add(Answers.execution(request.reqId(), fill));
            answers.add(Answers.commission(fill));
        }
        answers.add(new ServerMessage.ExecDetailsEnd(request.reqId()));
        return answers;
    }

    private static boolean matches(ReqExecutions request, BookedOrder order) {
        return (request.clientId() == 0 || request.clientId() == order.clientId())
                && (request.acctCode().isEmpty() || request.acctCode().equals(order.account()))
                && (request.symbol().isEmpty() || request.symbol().equals(order.symbol()))
                && (request.side().isEmpty() || request.side().equals(order.action()));
    }
}
