package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.SymbolOutcome;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one symbol's order.
 *
 * @param state {@code none} when there is no order, else what the gateway said, or {@code unknown}
 * @param sent whether this process sent it
 * @param outcome for the task's report
 * @param reason the sentence for a person
 * @param plan the order as meant; empty when it did not come to that
 * @param sighting the gateway's word; empty when there is none
 */
record OrderResult(
        String state,
        boolean sent,
        Outcome outcome,
        String reason,
        Optional<OrderPlan> plan,
        Optional<OrderSighting> sighting) {

    /** No order, and nothing is wrong with that. */
    static OrderResult none(String why) {
        return none(Outcome.DONE, why, Optional.empty());
    }

    static OrderResult none(Outcome outcome, String why, Optional<OrderPlan> plan) {
        return new OrderResult("none", false, outcome, "No order: " + why + ".", plan, Optional.empty());
    }

    /** Nobody can tell from here whether there is an order. */
    static OrderResult unknown(OrderPlan plan, boolean sent, String why) {
        return new OrderResult(
                "unknown",
                sent,
                Outcome.REFUSED,
                "Unknown: " + why + ". Nothing more is sent for this session; a person must look at the gateway for the"
                        + " reference " + plan.slot().orderRef() + ".",
                Optional.of(plan),
                Optional.empty());
    }

    static OrderResult of(OrderPlan plan, boolean sent, OrderSighting sighting, String remark) {
        boolean rejected = sighting.state() == OrderState.REJECTED;
        String what = sighting.state().name().toLowerCase(Locale.ROOT);
        String reason = (sent ? "Sent " : "Found at the gateway, not sent again: ") + plan + ": " + what + "."
                + (sighting.note().isBlank() ? "" : " The gateway says: " + sighting.note()) + remark;
        return new OrderResult(
                what,
                sent,
                rejected ? Outcome.REFUSED : Outcome.DONE,
                reason,
                Optional.of(plan),
                Optional.of(sighting));
    }

    SymbolOutcome symbolOutcome() {
        return new SymbolOutcome(outcome, reason);
    }

    /** The artifact's {@code data}; money and quantities are decimal strings. */
    ObjectNode data() {
        ObjectNode data = Json.object();
        plan.ifPresent(order -> data.put("slot", order.slot().text())
                .put("slot_sha256", order.slot().sha256())
                .put("order_ref", order.slot().orderRef())
                .put("account", order.slot().account())
                .put("action", order.side().name())
                .put("quantity", order.quantity().toPlainString())
                .put("limit_price", order.limit().toPlainString()));
        data.put("state", state).put("sent", sent).put("reason", reason);
        sighting.ifPresent(order -> data.put("perm_id", order.permId())
                .put("filled", order.filled().toPlainString())
                .put("remaining", order.remaining().toPlainString())
                .put("average_price", order.averagePrice().toPlainString())
                .put("note", order.note()));
        return data;
    }
}
