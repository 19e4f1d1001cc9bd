package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Order intents at the artifact service: one row per decision slot, and the one permission to send its order. Never
 * spooled: without the service's 2xx there is no intent, and then there is no order. The order of use is
 * {@link #put}, {@link #claim}, send, {@link #state}.
 */
public interface IntentDesk {
    /**
     * Stores the slot's intent, or returns the one that was stored first, whatever it says. Retried, because it is
     * idempotent.
     *
     * @param slotSha256 lower-case hex SHA-256 of the slot
     * @param intent the members that the service expects ({@code slot}, {@code order_ref}, {@code account}, ...)
     * @throws IntentNotStoredException when no 2xx was had
     */
    IntentAnswer put(String slotSha256, ObjectNode intent);

    /**
     * The stored intent, or empty when the service says that there is none. Retried.
     *
     * @throws IntentNotStoredException when the service could not be asked
     */
    Optional<IntentAnswer> find(String slotSha256);

    /**
     * Asks for the single permission to send the order. Sent once, never retried: a lost reply may hide a yes, and
     * asking again could not tell whose yes it was.
     *
     * @return true exactly once per slot; false when somebody has claimed it before
     * @throws IntentNotStoredException when no clear answer was had; no order may be sent then
     */
    boolean claim(String slotSha256, String claimant);

    /**
     * Says what became of the claimed order. Retried, because the same state twice is the same state.
     *
     * @param state {@code placed}, {@code rejected} or {@code unknown}
     * @param permId the broker's permanent order id; 0 when none is known
     * @param note one sentence for a person; may be empty
     * @throws IntentNotStoredException when no 2xx was had
     */
    void state(String slotSha256, String state, long permId, String note);

    /**
     * The stored intent.
     *
     * @param created whether this call stored it; false when it was there before
     * @param stored the row as the service has it; it may say something else than what was sent
     * @param state {@code intended}, {@code claimed}, {@code placed}, {@code rejected} or {@code unknown}
     * @param claimedBy who was given the permission
     */
    record IntentAnswer(boolean created, ObjectNode stored, String state, Optional<String> claimedBy) {}
}
