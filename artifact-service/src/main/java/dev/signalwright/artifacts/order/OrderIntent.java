package dev.signalwright.artifacts.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored order intent.
 *
 * @param slotSha256 lower-case hex SHA-256 of the slot
 * @param slot account, mode, strategy, contract id, session date and slot number, joined by a bar
 * @param orderRef what the broker is told: it never changes
 * @param quantity decimal text
 * @param limitPrice decimal text
 * @param signalId the signal that led to it
 * @param signalSha256 that signal's hash: a second answer of a model finds the first order and differs here
 * @param state how far it has come
 * @param claimedBy who alone may send it
 * @param permId the broker's number, once placed
 * @param note what the claimant had to say
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderIntent(
        String slotSha256,
        String slot,
        String orderRef,
        String account,
        String mode,
        String strategy,
        long conid,
        LocalDate sessionDate,
        String symbol,
        String action,
        String quantity,
        String limitPrice,
        UUID signalId,
        String signalSha256,
        String state,
        Optional<String> claimedBy,
        Optional<Instant> claimedAt,
        Optional<Long> permId,
        Optional<String> note,
        Instant createdAt,
        Instant updatedAt) {

    static OrderIntent of(OrderIntentEntity row) {
        return new OrderIntent(
                row.slotSha256,
                row.slot,
                row.orderRef,
                row.account,
                row.mode,
                row.strategy,
                row.conid,
                row.sessionDate,
                row.symbol,
                row.action,
                row.quantity,
                row.limitPrice,
                row.signalId,
                row.signalSha256,
                row.state,
                Optional.ofNullable(row.claimedBy),
                Optional.ofNullable(row.claimedAt),
                Optional.ofNullable(row.permId),
                Optional.ofNullable(row.note),
                row.createdAt,
                row.updatedAt);
    }
}
