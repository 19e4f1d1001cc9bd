package dev.signalwright.artifacts.order;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code order_intent}. */
@Entity
@Table(name = "order_intent")
class OrderIntentEntity {
    @Id
    @Column(name = "slot_sha256")
    String slotSha256;

    String slot;

    @Column(name = "order_ref")
    String orderRef;

    String account;
    String mode;
    String strategy;
    long conid;

    @Column(name = "session_date")
    LocalDate sessionDate;

    String symbol;
    String action;
    String quantity;

    @Column(name = "limit_price")
    String limitPrice;

    @Column(name = "signal_id")
    UUID signalId;

    @Column(name = "signal_sha256")
    String signalSha256;

    String state;

    @Column(name = "claimed_by")
    @Nullable
    String claimedBy;

    @Column(name = "claimed_at")
    @Nullable
    Instant claimedAt;

    @Column(name = "perm_id")
    @Nullable
    Long permId;

    @Nullable
    String note;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
