package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.platform.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened in the accounts and what is in them. */
final class PortalAccounts {
    private static final int ROWS_A_PAGE = 100;
    private static final int MOST_PAGES = 50;

    private final PortalLink link;
    private final TaskLog log;
    private boolean accountsAsked;

    PortalAccounts(PortalLink link, TaskLog log) {
        this.link = link;
        this.log = log;
    }

    /** The executions of New York's date at that moment. */
    List<Execution> executions(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, SessionCalendar.ZONE);
        List<Execution> executions = new ArrayList<>();
        for (JsonNode row : trades(link).values()) {
            Instant time =
                    Instant.ofEpochMilli(Cells.needed(row, "trade_time_r").longValue());
            if (LocalDate.ofInstant(time, SessionCalendar.ZONE).equals(today)) {
                executions.add(execution(row, time));
            }
        }
        return executions;
    }

    /** The executions of three days by their id, corrections applied. */
    static Map<String, JsonNode> trades(PortalLink link) {
        String what = "The executions could not be read";
        JsonNode body = link.get(
                        what, "/iserver/account/trades?days=3", link.address().answer())
                .good(what);
        if (!body.isArray()) {
            throw Cells.garbled("the executions are no list");
        }
        Map<String, JsonNode> trades = new LinkedHashMap<>();
        for (JsonNode row : body) {
            trades.merge(
                    baseId(Cells.neededText(row, "execution_id")),
                    row,
                    (one, other) -> id(one).compareTo(id(other)) >= 0 ? one : other);
        }
        return trades;
    }

    private static String id(JsonNode row) {
        return row.path("execution_id").asText();
    }

    /** A correction has the id of what it corrects, with a higher number behind the last dot. */
    private static String baseId(String execId) {
        int dot = execId.lastIndexOf('.');
        return dot < 0 ? execId : execId.substring(0, dot);
    }

    private static Execution execution(JsonNode row, Instant time) {
        return new Execution(
                id(row),
                Cells.neededText(row, "account", "accountCode"),
                Cells.neededText(row, "symbol"),
                Cells.conid(row),
                Cells.side(Cells.neededText(row, "side")),
                Cells.needed(row, "size"),
                Cells.needed(row, "price"),
                time,
                Cells.text(row, "order_ref").orElse(""),
                0,
                Cells.decimal(row, "commission"),
                Optional.empty());
    }

    AccountSnapshot snapshot(String account) {
        String what = "The account " + account + " could not be read";
        if (!accountsAsked) {
            link.get(what, "/portfolio/accounts", link.address().answer()).good(what);
            accountsAsked = true;
        }
        List<AccountSnapshot.Position> positions = positions(what, account);
        JsonNode summary = link.get(
                        what,
                        "/portfolio/" + account + "/summary",
                        link.address().answer())
                .good(what);
        JsonNode value = summary.path("netliquidation");
        JsonNode cash = summary.path("totalcashvalue");
        if (Cells.text(value, "amount").isEmpty() || Cells.text(cash, "amount").isEmpty()) {
            throw new BrokerException(
                    Kind.REFUSED,
                    what + ": the gateway does not report its value and cash. Check the account number against the ones"
                            + " it names.");
        }
        String currency = Cells.neededText(value, "currency");
        if (!currency.equals(Cells.neededText(cash, "currency"))) {
            throw Cells.garbled("the account's value and cash are in two currencies");
        }
        return new AccountSnapshot(
                account, currency, Cells.needed(value, "amount"), Cells.needed(cash, "amount"), positions);
    }

    private List<AccountSnapshot.Position> positions(String what, String account) {
        refresh(what, account);
        Map<Integer, AccountSnapshot.Position> positions = new LinkedHashMap<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode rows = link.get(
                            what,
                            "/portfolio/" + account + "/positions/" + page,
                            link.address().answer())
                    .good(what);
            if (!rows.isArray()) {
                throw Cells.garbled("the positions are no list");
            }
            for (JsonNode row : rows) {
                note(row, account, positions);
            }
            if (rows.size() < ROWS_A_PAGE) {
                return List.copyOf(positions.values());
            }
        }
        throw Cells.garbled("the account has more than " + MOST_PAGES * ROWS_A_PAGE + " positions");
    }

    /** Positions are cached for up to a minute; an order's size rests on them. */
    private void refresh(String what, String account) {
        PortalAnswer answer = link.post(
                what,
                "/portfolio/" + account + "/positions/invalidate",
                Json.object(),
                link.address().answer());
        if (!answer.ok()) {
            log.warn("The gateway did not refresh the positions (" + answer.status()
                    + "); they may be up to a minute old.");
        }
    }

    private static void note(JsonNode row, String account, Map<Integer, AccountSnapshot.Position> positions) {
        BigDecimal quantity = Cells.needed(row, "position");
        boolean mine = Cells.text(row, "acctId").map(account::equals).orElse(true);
        if (mine && quantity.signum() != 0) {
            int conid = Cells.conid(row);
            positions.put(
                    conid,
                    new AccountSnapshot.Position(
                            Cells.neededText(row, "ticker", "contractDesc"),
                            conid,
                            Cells.neededText(row, "currency"),
                            quantity,
                            Cells.needed(row, "avgCost", "avgPrice")));
        }
    }
}
