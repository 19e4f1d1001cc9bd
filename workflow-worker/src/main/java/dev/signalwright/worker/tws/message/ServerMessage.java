package dev.signalwright.worker.tws.message;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the gateway says. Components carry the names of {@code answers.layout}. */
public sealed interface ServerMessage {
    record ManagedAccounts(String accountsCsv) implements ServerMessage {}

    record NextValidId(int orderId) implements ServerMessage {}

    record CurrentTime(long epochSeconds) implements ServerMessage {}

    /**
     * An error or a notice.
     *
     * @param id of the request or the order; -1 for the system
     */
    record ErrMsg(int id, int code, String message) implements ServerMessage {}

    /**
     * @param minTick smallest price increment
     * @param timeZoneId zone of the hours, for example {@code US/Eastern}
     * @param liquidHours regular sessions, {@code 20250324:0930-20250324:1600;20250325:CLOSED}
     */
    record ContractDetails(
            int reqId,
            Contract contract,
            String marketName,
            BigDecimal minTick,
            String orderTypes,
            String validExchanges,
            int priceMagnifier,
            String longName,
            String primaryExch,
            String timeZoneId,
            String tradingHours,
            String liquidHours,
            List<TagValue> secIdList,
            int aggGroup,
            String marketRuleIds,
            String stockType,
            Optional<BigDecimal> minSize,
            Optional<BigDecimal> sizeIncrement,
            Optional<BigDecimal> suggestedSizeIncrement)
            implements ServerMessage {}

    /** A named value, for example {@code ISIN} and its number. */
    record TagValue(String tag, String value) {}

    record ContractDetailsEnd(int reqId) implements ServerMessage {}

    /** All bars of one request in one message. */
    record HistoricalData(int reqId, String startDate, String endDate, List<HistoricalBar> bars)
            implements ServerMessage {}

    /**
     * One bar.
     *
     * @param date {@code yyyyMMdd} for daily bars
     * @param volume in shares at server version 175 and later
     */
    record HistoricalBar(
            String date,
            double open,
            double high,
            double low,
            double close,
            BigDecimal volume,
            BigDecimal wap,
            int tradeCount) {}

    record HeadTimestamp(int reqId, String headTimestamp) implements ServerMessage {}

    /** What kind of prices follow: 1 live, 2 frozen, 3 delayed, 4 delayed and frozen. */
    record MarketDataType(int reqId, int marketDataType) implements ServerMessage {}

    record TickReqParams(int reqId, BigDecimal minTick, String bboExchange, int snapshotPermissions)
            implements ServerMessage {}

    /**
     * @param tickType 1 bid, 2 ask, 4 last, 6 high, 7 low, 9 close, 14 open; delayed 66, 67, 68, 72, 73, 75, 76
     * @param price -1 when there is none
     * @param size that belongs to the price
     */
    record TickPrice(int reqId, int tickType, BigDecimal price, BigDecimal size, int attribMask)
            implements ServerMessage {}

    /** @param tickType 8 volume, delayed 74; the other sizes also come with their prices */
    record TickSize(int reqId, int tickType, BigDecimal size) implements ServerMessage {}

    record TickGeneric(int reqId, int tickType, String value) implements ServerMessage {}

    /** @param tickType 45 time of the last trade in epoch seconds, delayed 88 */
    record TickString(int reqId, int tickType, String value) implements ServerMessage {}

    record TickSnapshotEnd(int reqId) implements ServerMessage {}

    record OrderStatus(
            int orderId,
            String status,
            BigDecimal filled,
            BigDecimal remaining,
            BigDecimal avgFillPrice,
            long permId,
            int parentId,
            BigDecimal lastFillPrice,
            int clientId,
            String whyHeld)
            implements ServerMessage {}

    /** @param permId the order's lasting id; the order id belongs to {@code clientId} only */
    record OpenOrder(
            int orderId,
            Contract contract,
            OrderTerms terms,
            int clientId,
            long permId,
            int parentId,
            boolean whatIf,
            String status,
            Optional<BigDecimal> commission,
            String commissionCurrency,
            String warningText)
            implements ServerMessage {}

    record OpenOrderEnd() implements ServerMessage {}

    /** A finished order of today; it has no order id and no client id any more. */
    record CompletedOrder(
            Contract contract,
            OrderTerms terms,
            long permId,
            String status,
            Optional<BigDecimal> filledQuantity,
            String completedTime,
            String completedStatus)
            implements ServerMessage {}

    record CompletedOrdersEnd() implements ServerMessage {}

    /**
     * @param reqId -1 when not asked for
     * @param execId a correction has the same id with a higher last number
     * @param time {@code 20120920 09:30:00 US/Eastern}
     * @param side {@code BOT} or {@code SLD}
     */
    record ExecDetails(
            int reqId,
            int orderId,
            Contract contract,
            String execId,
            String time,
            String acctNumber,
            String execExchange,
            String side,
            BigDecimal shares,
            BigDecimal price,
            long permId,
            int clientId,
            BigDecimal cumQty,
            BigDecimal avgPrice,
            String orderRef)
            implements ServerMessage {}

    record ExecDetailsEnd(int reqId) implements ServerMessage {}

    record CommissionReport(String execId, Optional<BigDecimal> commission, String currency, String realizedPNL)
            implements ServerMessage {}

    record Position(String account, Contract contract, BigDecimal position, BigDecimal avgCost)
            implements ServerMessage {}

    record PositionEnd() implements ServerMessage {}

    record AccountSummary(int reqId, String account, String tag, String value, String currency)
            implements ServerMessage {}

    record AccountSummaryEnd(int reqId) implements ServerMessage {}

    record UpdateAccountValue(String key, String value, String currency, String accountName) implements ServerMessage {}

    record UpdatePortfolio(
            int conId,
            String symbol,
            String secType,
            String primaryExch,
            String currency,
            String localSymbol,
            String tradingClass,
            BigDecimal position,
            BigDecimal marketPrice,
            BigDecimal marketValue,
            BigDecimal averageCost,
            BigDecimal unrealizedPNL,
            BigDecimal realizedPNL,
            String accountName)
            implements ServerMessage {}

    record UpdateAccountTime(String time) implements ServerMessage {}

    record AccountDownloadEnd(String accountName) implements ServerMessage {}

    record AccountUpdateMulti(int reqId, String account, String modelCode, String key, String value, String currency)
            implements ServerMessage {}

    record AccountUpdateMultiEnd(int reqId) implements ServerMessage {}

    /** A message without a table, kept as it came. Clients skip and count it. */
    record UnknownAnswer(int id, List<String> fields) implements ServerMessage {}
}
