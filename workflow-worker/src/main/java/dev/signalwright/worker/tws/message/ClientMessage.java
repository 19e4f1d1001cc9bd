package dev.signalwright.worker.tws.message;

import java.util.List;

/** What a client says to the gateway. Components carry the names of {@code requests.layout}. */
public sealed interface ClientMessage {
    /** First message of a session; the gateway answers nothing before it. */
    record StartApi(int clientId, String optionalCapabilities) implements ClientMessage {}

    /** Answered by {@link ServerMessage.NextValidId}; the number is ignored. */
    record ReqIds(int numIds) implements ClientMessage {}

    record ReqManagedAccts() implements ClientMessage {}

    record ReqCurrentTime() implements ClientMessage {}

    /** Answered by contract details and their end mark, or by error 200. */
    record ReqContractDetails(int reqId, Contract contract, String primaryExch) implements ClientMessage {}

    /**
     * Answered by one {@link ServerMessage.HistoricalData} or an error.
     *
     * @param endDateTime {@code yyyyMMdd-HH:mm:ss} in UTC; empty means now
     * @param formatDate 1 text, 2 epoch seconds; daily bars carry {@code yyyyMMdd} either way
     */
    record ReqHistoricalData(
            int reqId,
            Contract contract,
            String primaryExch,
            String endDateTime,
            String barSizeSetting,
            String durationStr,
            boolean useRTH,
            String whatToShow,
            int formatDate,
            boolean keepUpToDate)
            implements ClientMessage {}

    record CancelHistoricalData(int reqId) implements ClientMessage {}

    record ReqHeadTimestamp(
            int reqId, Contract contract, String primaryExch, boolean useRTH, String whatToShow, int formatDate)
            implements ClientMessage {}

    record CancelHeadTimestamp(int reqId) implements ClientMessage {}

    /** @param marketDataType 1 live, 2 frozen, 3 delayed, 4 delayed and frozen; holds for the rest of the session */
    record ReqMarketDataType(int marketDataType) implements ClientMessage {}

    /**
     * Answered by ticks; with {@code snapshot} they end with {@link ServerMessage.TickSnapshotEnd}.
     *
     * @param genericTickList empty for a snapshot
     */
    record ReqMktData(int reqId, Contract contract, String primaryExch, String genericTickList, boolean snapshot)
            implements ClientMessage {}

    record CancelMktData(int reqId) implements ClientMessage {}

    /** @param transmit false keeps the order at the gateway until a later order of its group releases it */
    record PlaceOrder(
            int orderId,
            Contract contract,
            String primaryExch,
            OrderTerms terms,
            boolean transmit,
            int parentId,
            boolean whatIf)
            implements ClientMessage {}

    record CancelOrder(int orderId) implements ClientMessage {}

    /** Cancels every order of the user, also those of other clients. */
    record ReqGlobalCancel() implements ClientMessage {}

    /** The own client's open orders. */
    record ReqOpenOrders() implements ClientMessage {}

    /** Open orders of all clients. */
    record ReqAllOpenOrders() implements ClientMessage {}

    record ReqAutoOpenOrders(boolean autoBind) implements ClientMessage {}

    record ReqCompletedOrders(boolean apiOnly) implements ClientMessage {}

    /** Empty filters match everything; client id 0 means all clients. */
    record ReqExecutions(int reqId, int clientId, String acctCode, String time, String symbol, String side)
            implements ClientMessage {}

    record ReqPositions() implements ClientMessage {}

    record CancelPositions() implements ClientMessage {}

    /** @param tags comma list, for example {@code NetLiquidation,TotalCashValue} */
    record ReqAccountSummary(int reqId, String group, String tags) implements ClientMessage {}

    record CancelAccountSummary(int reqId) implements ClientMessage {}

    record ReqAccountUpdates(boolean subscribe, String acctCode) implements ClientMessage {}

    record ReqAccountUpdatesMulti(int reqId, String account, String modelCode, boolean ledgerAndNLV)
            implements ClientMessage {}

    /** A message without a table, kept as it came. */
    record UnknownRequest(int id, List<String> fields) implements ClientMessage {}
}
