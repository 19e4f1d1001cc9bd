package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.IntentDesk;
import dev.signalwright.worker.artifacts.IntentDesk.IntentAnswer;
import dev.signalwright.worker.artifacts.IntentNotStoredException;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.task.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * At most one order per slot, in this order: store the intent; look the reference up at the gateway; claim the one
 * permission; send once; say what became of it. A death between any two steps leaves a state that the next run reads
 * and that never leads to a second send: before the claim nothing was sent, and after it nobody is given the permission
 * again.
 */
final class SubmissionProtocol {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final int LOOKS = 10;

    private final BrokerSession session;
    private final IntentDesk intents;
    private final Sleeper sleeper;
    private final String claimant;
    private final TaskLog log;

    SubmissionProtocol(BrokerSession session, IntentDesk intents, Sleeper sleeper, String claimant, TaskLog log) {
        this.session = session;
        this.intents = intents;
        this.sleeper = sleeper;
        this.claimant = claimant;
        this.log = log;
    }

    OrderResult submit(OrderPlan plan, SignalFacts signal) {
        IntentAnswer intent;
        try {
            intent = intents.put(plan.slot().sha256(), intent(plan, signal));
        } catch (IntentNotStoredException notStored) {
            log.warn(String.valueOf(notStored.getMessage()));
            // An outage costs the order, never the run; a refusal is something a person must look at.
            Outcome outcome = notStored.worthRetrying() ? Outcome.DONE : Outcome.REFUSED;
            return OrderResult.none(outcome, "the intent could not be stored", Optional.of(plan));
        }
        OrderLookup found = session.findOrders(plan.slot().orderRef());
        if (found.sightings().size() > 1) {
            return OrderResult.unknown(
                    plan, false, "the gateway knows " + found.sightings().size() + " orders with one reference");
        }
        String remark = otherSignal(intent.stored(), signal);
        if (!found.sightings().isEmpty()) {
            return adopt(plan, found.sightings().getFirst(), remark);
        }
        if (!found.complete()) {
            return OrderResult.none(
                    Outcome.TRY_AGAIN,
                    "the gateway did not finish the list of its orders, so an earlier one cannot be ruled out",
                    Optional.of(plan));
        }
        return intent.state().equals("intended")
                ? claimAndSend(plan, intent.stored(), remark)
                : usedBefore(plan, intent, remark);
    }

    /** The slot was used before, and the gateway does not know its order. Whatever the reason, nothing is sent. */
    private static OrderResult usedBefore(OrderPlan plan, IntentAnswer intent, String remark) {
        if (intent.state().equals("rejected")) {
            return OrderResult.none(
                    Outcome.REFUSED,
                    "the order of this session was rejected before: "
                            + intent.stored().path("note").asText("no reason was kept") + remark,
                    Optional.of(plan));
        }
        return OrderResult.unknown(
                plan,
                false,
                "the intent is " + intent.state() + ", but the gateway knows no order with its reference" + remark);
    }

    private OrderResult claimAndSend(OrderPlan wanted, JsonNode stored, String remark) {
        if (!stored.path("action").asText().equals(wanted.side().name())) {
            return OrderResult.none(
                    Outcome.REFUSED,
                    "an earlier signal took this session's slot for a "
                            + stored.path("action").asText() + " that was never sent, and now the signal says "
                            + wanted.side(),
                    Optional.of(wanted));
        }
        OrderPlan plan = wanted.asStored(stored);
        try {
            if (!intents.claim(plan.slot().sha256(), claimant)) {
                return lookAgain(plan)
                        .map(found -> OrderResult.of(plan, false, found, remark))
                        .orElseGet(() -> OrderResult.unknown(
                                plan, false, "another process holds the permission to send this order"));
            }
        } catch (IntentNotStoredException unclear) {
            log.warn(String.valueOf(unclear.getMessage()));
            return OrderResult.none(
                    Outcome.REFUSED, "the permission to send it was not clearly given", Optional.of(plan));
        }
        return send(plan, remark);
    }

    /** The only place in the program that sends an order; reached once per claim. */
    private OrderResult send(OrderPlan plan, String remark) {
        OrderSighting sighting;
        try {
            sighting = session.place(plan.ticket());
        } catch (BrokerException notSent) {
            String why = "it was not sent: " + notSent.getMessage();
            tell(plan, "rejected", 0, why);
            return OrderResult.none(Outcome.REFUSED, why, Optional.of(plan));
        }
        if (sighting.state() == OrderState.UNKNOWN) {
            Optional<OrderSighting> seen = lookAgain(plan);
            if (seen.isEmpty()) {
                tell(plan, "unknown", sighting.permId(), sighting.note());
                return OrderResult.unknown(plan, true, "the order was sent, but the gateway said nothing certain");
            }
            sighting = seen.get();
        }
        tell(plan, word(sighting), sighting.permId(), sighting.note());
        return OrderResult.of(plan, true, sighting, remark);
    }

    private Optional<OrderSighting> lookAgain(OrderPlan plan) {
        for (int look = 0; look < LOOKS; look++) {
            try {
                sleeper.sleep(LOOK_EVERY);
                Optional<OrderSighting> seen = session.findOrders(plan.slot().orderRef()).sightings().stream()
                        .filter(order -> order.state() != OrderState.UNKNOWN)
                        .findFirst();
                if (seen.isPresent()) {
                    return seen;
                }
            } catch (BrokerException gone) {
                log.warn("The gateway could not be asked about the order: " + gone.getMessage());
                return Optional.empty();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private OrderResult adopt(OrderPlan plan, OrderSighting found, String remark) {
        tell(plan, word(found), found.permId(), found.note());
        return OrderResult.of(plan, false, found, remark);
    }

    /** Best effort: the order is what it is, and its artifact says so too. */
    private void tell(OrderPlan plan, String state, long permId, String note) {
        try {
            intents.state(plan.slot().sha256(), state, permId, note);
        } catch (IntentNotStoredException untold) {
            log.warn("The intent's state could not be set to " + state + ": " + untold.getMessage());
        }
    }

    private static String word(OrderSighting sighting) {
        return switch (sighting.state()) {
            case WORKING, FILLED, CANCELLED -> "placed";
            case REJECTED -> "rejected";
            case UNKNOWN -> "unknown";
        };
    }

    private static String otherSignal(JsonNode stored, SignalFacts signal) {
        return stored.path("signal_sha256").asText().equals(signal.contentSha256())
                ? ""
                : " The stored intent belongs to an earlier, different signal ("
                        + stored.path("signal_id").asText() + ").";
    }

    private static ObjectNode intent(OrderPlan plan, SignalFacts signal) {
        Slot slot = plan.slot();
        return Json.object()
                .put("slot", slot.text())
                .put("order_ref", slot.orderRef())
                .put("account", slot.account())
                .put("mode", slot.mode().name().toLowerCase(Locale.ROOT))
                .put("strategy", slot.strategy())
                .put("conid", slot.conid())
                .put("session_date", slot.sessionDate().toString())
                .put("symbol", plan.instrument().symbol())
                .put("action", plan.side().name())
                .put("quantity", plan.quantity().toPlainString())
                .put("limit_price", plan.limit().toPlainString())
                .put("signal_id", signal.id())
                .put("signal_sha256", signal.contentSha256());
    }
}
