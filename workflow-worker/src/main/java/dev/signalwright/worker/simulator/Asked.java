package dev.signalwright.worker.simulator;

import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.ServerMessage;
import java.util.Optional;

/** What a request is about, for answers and faults that concern any request. */
final class Asked {
    private static final int NO_ID = -1;

    private Asked() {}

    /** The id that errors about the request carry; -1 when it has none. */
    static int idOf(ClientMessage request) {
        return switch (request) {
            case ClientMessage.ReqContractDetails details -> details.reqId();
            case ClientMessage.ReqHistoricalData bars -> bars.reqId();
            case ClientMessage.CancelHistoricalData cancel -> cancel.reqId();
            case ClientMessage.ReqHeadTimestamp head -> head.reqId();
            case ClientMessage.CancelHeadTimestamp cancel -> cancel.reqId();
            case ClientMessage.ReqMktData data -> data.reqId();
            case ClientMessage.CancelMktData cancel -> cancel.reqId();
            case ClientMessage.PlaceOrder order -> order.orderId();
            case ClientMessage.CancelOrder cancel -> cancel.orderId();
            case ClientMessage.ReqExecutions executions -> executions.reqId();
            case ClientMessage.ReqAccountSummary summary -> summary.reqId();
            case ClientMessage.CancelAccountSummary cancel -> cancel.reqId();
            case ClientMessage.ReqAccountUpdatesMulti updates -> updates.reqId();
            default -> NO_ID;
        };
    }

    static Optional<String> symbolOf(ClientMessage request) {
        return contractOf(request).map(Contract::symbol).filter(symbol -> !symbol.isEmpty());
    }

    private static Optional<Contract> contractOf(ClientMessage request) {
        return switch (request) {
            case ClientMessage.ReqContractDetails details -> Optional.of(details.contract());
            case ClientMessage.ReqHistoricalData bars -> Optional.of(bars.contract());
            case ClientMessage.ReqHeadTimestamp head -> Optional.of(head.contract());
            case ClientMessage.ReqMktData data -> Optional.of(data.contract());
            case ClientMessage.PlaceOrder order -> Optional.of(order.contract());
            default -> Optional.empty();
        };
    }

    /** Whether it only says that a list is complete. */
    static boolean isEndMark(ServerMessage answer) {
        return switch (answer) {
            case ServerMessage.ContractDetailsEnd _,
                    ServerMessage.OpenOrderEnd _,
                    ServerMessage.CompletedOrdersEnd _,
                    ServerMessage.ExecDetailsEnd _,
                    ServerMessage.PositionEnd _,
                    ServerMessage.AccountSummaryEnd _,
                    ServerMessage.AccountDownloadEnd _,
                    ServerMessage.AccountUpdateMultiEnd _,
                    ServerMessage.TickSnapshotEnd _ -> true;
            default -> false;
        };
    }
}
