package dev.signalwright.artifacts.order;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;

/** Every query on order intents. Callers hold the transaction. */
@ApplicationScoped
class OrderIntentRepository implements PanacheRepositoryBase<OrderIntentEntity, String> {

    /** True when the row is new; false when the slot has one already, which stays as it is. */
    boolean insert(String slotSha256, NewIntent intent, Instant now) {
        int rows = getEntityManager()
                .createNativeQuery("""
                        insert into order_intent (slot_sha256, slot, order_ref, account, mode, strategy, conid,
                            session_date, symbol, action, quantity, limit_price, signal_id, signal_sha256,
                            state, created_at, updated_at)
                        values (:slotSha256, :slot, :orderRef, :account, :mode, :strategy, :conid,
                            :sessionDate, :symbol, :action, :quantity, :limitPrice, :signalId, :signalSha256,
                            'intended', :now, :now)
                        on conflict (slot_sha256) do nothing""")
                .setParameter("slotSha256", slotSha256)
                .setParameter("slot", intent.slot())
                .setParameter("orderRef", intent.orderRef())
                .setParameter("account", intent.account())
                .setParameter("mode", intent.mode())
                .setParameter("strategy", intent.strategy())
                .setParameter("conid", intent.conid())
                .setParameter("sessionDate", intent.sessionDate())
                .setParameter("symbol", intent.symbol())
                .setParameter("action", intent.action())
                .setParameter("quantity", intent.quantity())
                .setParameter("limitPrice", intent.limitPrice())
                .setParameter("signalId", intent.signalId())
                .setParameter("signalSha256", intent.signalSha256())
                .setParameter("now", now)
                .executeUpdate();
        return rows == 1;
    }

    /** True for the one caller that moved it from intended to claimed. */
    boolean claim(String slotSha256, String claimant, Instant now) {
        return update("""
                        state = 'claimed', claimedBy = :claimant, claimedAt = :now, updatedAt = :now
                        where slotSha256 = :slot and state = 'intended'""", Map.of("claimant", claimant, "now", now, "slot", slotSha256)) == 1;
    }
}
