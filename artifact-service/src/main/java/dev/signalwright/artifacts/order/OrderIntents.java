package dev.signalwright.artifacts.order;

import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Order intents, read and written. Thread-safe: the database's row decides every race. */
@ApplicationScoped
public class OrderIntents {
    private final OrderIntentRepository intents;
    private final Clock clock;

    OrderIntents(OrderIntentRepository intents, Clock clock) {
        this.intents = intents;
        this.clock = clock;
    }

    /** @param created false when the slot had an intent already: the first one wins */
    record Stored(OrderIntent intent, boolean created) {}

    /** What became of the order: told by the claimant, or by a later process that found the order at the broker. */
    record Report(IntentState state, Optional<Long> permId, Optional<String> note) {}

    @Transactional
    public Optional<OrderIntent> find(String slotSha256) {
        return intents.findByIdOptional(slotSha256).map(OrderIntent::of);
    }

    @Transactional
    Stored store(String slotSha256, NewIntent intent) {
        intent.check(slotSha256);
        boolean created = intents.insert(slotSha256, intent, clock.instant());
        return new Stored(find(slotSha256).orElseThrow(), created);
    }

    @Transactional
    OrderIntent claim(String slotSha256, String claimant) {
        boolean mine = intents.claim(slotSha256, claimant, clock.instant());
        OrderIntent intent = find(slotSha256).orElseThrow(() -> missing(slotSha256));
        if (!mine) {
            throw new ProblemException(
                    ProblemType.INTENT_ALREADY_CLAIMED,
                    "The permission to send this order was given once and is not given again. Look the order up at the"
                            + " broker by its reference.",
                    Map.of(
                            "order_ref", intent.orderRef(),
                            "state", intent.state(),
                            "claimed_by", intent.claimedBy().orElse("")));
        }
        return intent;
    }

    /** Later reports replace earlier ones: what was unknown may turn out to be placed. */
    @Transactional
    OrderIntent report(String slotSha256, Report report) {
        OrderIntentEntity row = intents.findByIdOptional(slotSha256, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> missing(slotSha256));
        if (row.claimedBy == null) {
            throw new ProblemException(
                    ProblemType.INTENT_NOT_CLAIMED,
                    "Nobody has claimed the permission to send this order, so nothing can have become of it.",
                    Map.of("state", row.state));
        }
        Instant now = clock.instant();
        row.state = report.state().wire();
        row.permId = report.permId().orElse(row.permId);
        row.note = report.note().orElse(row.note);
        row.updatedAt = now;
        return OrderIntent.of(row);
    }

    static ProblemException missing(String slotSha256) {
        return new ProblemException(ProblemType.NOT_FOUND, "No order intent has the slot hash " + slotSha256 + ".");
    }
}
