package dev.signalwright.worker.simulator;

import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.CompletedOrder;
import dev.signalwright.worker.tws.message.ServerMessage.ExecDetails;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalData;
import java.math.BigDecimal;

/**
 * How an older server version says the same: below 174 times carry no zone and two blanks, below 175 volumes of US
 * stocks count hundreds. Which fields there are is the layout tables' matter.
 *
 * @param version that was negotiated
 */
record Dialect(int version) {
    private static final int TIMES_WITH_ZONE = 174;
    private static final int VOLUMES_IN_SHARES = 175;
    private static final BigDecimal LOT = BigDecimal.valueOf(100);

    ServerMessage of(ServerMessage message) {
        if (version >= VOLUMES_IN_SHARES) {
            return message;
        }
        return switch (message) {
            case HistoricalData data ->
                new HistoricalData(
                        data.reqId(),
                        time(data.startDate()),
                        time(data.endDate()),
                        data.bars().stream().map(this::of).toList());
            case ExecDetails fill ->
                new ExecDetails(
                        fill.reqId(),
                        fill.orderId(),
                        fill.contract(),
                        fill.execId(),
                        time(fill.time()),
                        fill.acctNumber(),
                        fill.execExchange(),
                        fill.side(),
                        fill.shares(),
                        fill.price(),
                        fill.permId(),
                        fill.clientId(),
                        fill.cumQty(),
                        fill.avgPrice(),
                        fill.orderRef());
            case CompletedOrder order ->
                new CompletedOrder(
                        order.contract(),
                        order.terms(),
                        order.permId(),
                        order.status(),
                        order.filledQuantity(),
                        time(order.completedTime()),
                        order.completedStatus());
            default -> message;
        };
    }

    private HistoricalBar of(HistoricalBar bar) {
        return new HistoricalBar(
                time(bar.date()),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume().divide(LOT).stripTrailingZeros(),
                bar.wap(),
                bar.tradeCount());
    }

    private String time(String text) {
        return version >= TIMES_WITH_ZONE ? text : text.replaceFirst("^(\\d{8}) ([0-9:]{8}) \\S+$", "$1  $2");
    }
}
