package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.broker.OrderTicket.Side;
import dev.signalwright.worker.market.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One order as it is meant, not yet permitted.
 *
 * @param quantity whole shares
 * @param limit on the instrument's tick grid
 */
record OrderPlan(Slot slot, Instrument instrument, Side side, BigDecimal quantity, BigDecimal limit) {
    /** The nearest multiple of the smallest price step. */
    static BigDecimal onTick(BigDecimal price, BigDecimal minTick) {
        BigDecimal steps = price.divide(minTick, 0, RoundingMode.HALF_UP);
        return steps.multiply(minTick)
                .setScale(Math.max(2, minTick.stripTrailingZeros().scale()), RoundingMode.UNNECESSARY);
    }

    /** The same slot with the numbers of the intent that was stored first. */
    OrderPlan asStored(JsonNode intent) {
        return new OrderPlan(
                slot,
                instrument,
                side,
                new BigDecimal(intent.path("quantity").asText()),
                new BigDecimal(intent.path("limit_price").asText()));
    }

    OrderTicket ticket() {
        return new OrderTicket(slot.account(), instrument, side, quantity, limit, slot.orderRef());
    }

    @Override
    public String toString() {
        return side + " " + quantity.toPlainString() + " " + instrument.symbol() + " at " + limit.toPlainString();
    }
}
