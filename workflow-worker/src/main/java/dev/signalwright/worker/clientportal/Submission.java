package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One order, posted exactly once with its reference as {@code cOID}. The gateway takes it, refuses it or asks; questions
 * that can do no harm are confirmed, any other is answered with no and the order is not sent. Whatever is not certain
 * makes the order's state unknown, never a second post: the protocol of room {@code order} looks it up.
 */
final class Submission {
    private static final String WHAT = "The order was not sent";
    private static final int MOST_REPLIES = 10;
    private static final int STATUS_LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Troubles that come up before the first byte of an order leaves this machine. */
    private static final Set<Kind> NOT_SENT = EnumSet.of(Kind.UNREACHABLE, Kind.UNTRUSTED, Kind.PACING);

    private final PortalLink link;
    private final OrderTicket ticket;
    private final Pause pause;
    private final TaskLog log;

    Submission(PortalLink link, OrderTicket ticket, Pause pause, TaskLog log) {
        this.link = link;
        this.ticket = ticket;
        this.pause = pause;
        this.log = log;
    }

    OrderSighting perform() {
        PortalAnswer answer;
        try {
            answer = link.post(
                    WHAT,
                    "/iserver/account/" + ticket.account() + "/orders",
                    order(),
                    link.address().order());
        } catch (BrokerException e) {
            if (NOT_SENT.contains(e.kind())) {
                throw e;
            }
            return doubt(e.sentence());
        }
        return switch (answer.status()) {
            case 301, 302, 303, 307, 401, 403, 404, 405, 411, 429 -> throw answer.trouble(WHAT);
            default -> talk(answer);
        };
    }

    private ObjectNode order() {
        int conid = ticket.instrument().conid();
        ObjectNode body = Json.object();
        body.putArray("orders")
                .addObject()
                .put("acctId", ticket.account())
                .put("conid", conid)
                .put("secType", conid + ":STK")
                .put("cOID", ticket.orderRef())
                .put("orderType", "LMT")
                .put("outsideRTH", false)
                .put("price", new BigDecimal(ticket.limitPrice().toPlainString()))
                .put("side", ticket.side().name())
                .put("tif", "DAY")
                .put("quantity", new BigDecimal(ticket.quantity().toPlainString()));
        return body;
    }

    private OrderSighting talk(PortalAnswer first) {
        PortalAnswer answer = first;
        for (int replies = 0; ; replies++) {
            Optional<Question> asked = Question.in(answer.body());
            if (asked.isEmpty()) {
                return outcome(answer, replies);
            }
            Question question = asked.get();
            if (!question.harmless() || !question.answerable() || replies == MOST_REPLIES) {
                throw decline(question);
            }
            log.info("The gateway asks about " + ticket.orderRef() + ", and it is confirmed: " + question);
            try {
                answer = reply(question, true);
            } catch (BrokerException e) {
                return doubt("A question was confirmed, and nothing certain was heard. " + e.sentence());
            }
        }
    }

    private PortalAnswer reply(Question question, boolean confirmed) {
        return link.post(
                WHAT,
                "/iserver/reply/" + question.id(),
                Json.object().put("confirmed", confirmed),
                link.address().order());
    }

    /** Unanswered it would expire too, so the order is not sent even when the no gets lost. */
    private BrokerException decline(Question question) {
        try {
            if (question.answerable()) {
                reply(question, false);
            }
        } catch (BrokerException e) {
            log.warn("The no to the gateway's question was not heard: " + e.sentence());
        }
        return new BrokerException(
                Kind.REFUSED,
                WHAT + ": the gateway asks what only a person may answer, and it was answered with no. Its question is "
                        + question + " Decide at the gateway whether to place such an order by hand.");
    }

    private OrderSighting outcome(PortalAnswer answer, int replies) {
        Optional<String> error = answer.error();
        JsonNode first = answer.body().path(0);
        if (answer.ok() && first.has("order_id")) {
            return accepted(first);
        }
        boolean known = error.isPresent() && error.get().contains("already registered");
        boolean refused = error.isPresent() && !known && answer.status() < (replies == 0 ? 500 : 300);
        if (refused) {
            return sighting(0, OrderState.REJECTED, error.get());
        }
        return doubt(error.orElse("The gateway answers " + answer.status() + ", which is neither yes nor no."));
    }

    /** It is there; its status says what became of it, at the latest when it is looked up. */
    private OrderSighting accepted(JsonNode first) {
        String word = Cells.text(first, "order_status").orElse("");
        OrderSighting sighting;
        try {
            sighting = sighting(
                    PortalOrders.permId(first, "order_id"),
                    PortalOrders.state(word).orElse(OrderState.UNKNOWN),
                    word);
        } catch (BrokerException e) {
            return doubt(e.sentence());
        }
        for (int look = 0; look < STATUS_LOOKS; look++) {
            try {
                JsonNode status = link.get(
                                "The order's status could not be read",
                                "/iserver/account/order/status/" + sighting.permId(),
                                link.address().answer())
                        .good("The order's status could not be read");
                sighting = ofStatus(sighting, status);
            } catch (BrokerException e) {
                log.debug(e.sentence());
            }
            if (sighting.state() != OrderState.UNKNOWN || !pause.of(BETWEEN_LOOKS)) {
                break;
            }
        }
        return sighting;
    }

    private OrderSighting ofStatus(OrderSighting known, JsonNode status) {
        String word = Cells.text(status, "order_status").orElse(known.note());
        BigDecimal filled = Cells.decimal(status, "filled_quantity", "cum_fill").orElse(known.filled());
        return new OrderSighting(
                ticket.orderRef(),
                known.permId(),
                0,
                PortalOrders.state(word).orElse(known.state()),
                filled,
                Cells.decimal(status, "remaining_quantity")
                        .orElse(ticket.quantity().subtract(filled)),
                Cells.decimal(status, "avg_fill_price", "average_price").orElse(BigDecimal.ZERO),
                word);
    }

    private OrderSighting doubt(String why) {
        return sighting(0, OrderState.UNKNOWN, why);
    }

    private OrderSighting sighting(long permId, OrderState state, String note) {
        return new OrderSighting(
                ticket.orderRef(), permId, 0, state, BigDecimal.ZERO, ticket.quantity(), BigDecimal.ZERO, note);
    }
}
