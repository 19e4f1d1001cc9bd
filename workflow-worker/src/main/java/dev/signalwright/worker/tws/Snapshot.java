package dev.signalwright.worker.tws;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.Quote;
import dev.signalwright.worker.tws.message.ServerMessage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Collects the ticks of one snapshot. Live prices and their delayed twins have different tick types. */
final class Snapshot {
    private static final int BID = 1;
    private static final int ASK = 2;
    private static final int LAST = 4;
    private static final int CLOSE = 9;
    private static final Map<Integer, Integer> TWIN = Map.of(BID, 66, ASK, 67, LAST, 68, CLOSE, 75);

    private final int requestId;
    private final Map<Integer, BigDecimal> prices = new HashMap<>();
    private boolean delayed;

    Snapshot(int requestId) {
        this.requestId = requestId;
    }

    /** Whether that was the end. */
    boolean hear(ServerMessage message) {
        // A price of -1 stands for none, as does 0 without a size.
        if (message instanceof ServerMessage.TickPrice tick
                && tick.reqId() == requestId
                && tick.price().signum() > 0) {
            prices.put(tick.tickType(), tick.price());
            delayed |= TWIN.containsValue(tick.tickType());
        }
        return message instanceof ServerMessage.TickSnapshotEnd end && end.reqId() == requestId;
    }

    /** @param origin of the session's data */
    Quote quote(Origin origin) {
        return new Quote(
                price(BID), price(ASK), price(LAST), price(CLOSE), delayed ? origin.worst(Origin.DELAYED) : origin);
    }

    private Optional<BigDecimal> price(int type) {
        return Optional.ofNullable(prices.get(type)).or(() -> Optional.ofNullable(prices.get(TWIN.get(type))));
    }
}
