package dev.signalwright.worker.simulator.market;

import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.TickPrice;
import dev.signalwright.worker.tws.message.ServerMessage.TickSize;
import java.math.BigDecimal;
import java.util.List;

/** A session's bar as the ticks of a quote; delayed prices have numbers of their own. */
public final class Ticks {
    /** Shares on either side: the bars know no book. */
    private static final BigDecimal SIZE = BigDecimal.valueOf(100);

    private Ticks() {}

    public static List<ServerMessage> of(int requestId, DayBar bar, boolean delayed) {
        BigDecimal none = BigDecimal.ZERO;
        return List.of(
                price(requestId, delayed ? 66 : 1, bar.close().subtract(Listing.MIN_TICK), SIZE),
                price(requestId, delayed ? 67 : 2, bar.close().add(Listing.MIN_TICK), SIZE),
                price(requestId, delayed ? 68 : 4, bar.close(), SIZE),
                price(requestId, delayed ? 72 : 6, bar.high(), none),
                price(requestId, delayed ? 73 : 7, bar.low(), none),
                price(requestId, delayed ? 75 : 9, bar.close(), none),
                price(requestId, delayed ? 76 : 14, bar.open(), none),
                new TickSize(requestId, delayed ? 74 : 8, bar.volume()));
    }

    private static TickPrice price(int requestId, int type, BigDecimal price, BigDecimal size) {
        return new TickPrice(requestId, type, price, size, 0);
    }
}
