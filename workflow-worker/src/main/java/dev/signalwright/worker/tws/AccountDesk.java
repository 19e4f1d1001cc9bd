package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.CommissionReport;
import dev.signalwright.worker.tws.message.ServerMessage.ExecDetails;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened in the accounts and what is in them. */
final class AccountDesk {
    private static final String NET_LIQUIDATION = "NetLiquidation";
    private static final String CASH = "TotalCashValue";

    private final TwsSettings settings;
    private final Conversation conversation;

    AccountDesk(TwsSettings settings, Conversation conversation) {
        this.settings = settings;
        this.conversation = conversation;
    }

    List<Execution> executions() {
        String what = "The executions could not be read";
        int id = conversation.newRequestId();
        Deadline until = conversation.in(settings.answer());
        Map<String, ExecDetails> fills = new LinkedHashMap<>();
        Map<String, CommissionReport> commissions = new HashMap<>();
        conversation.ask(what, id, new ClientMessage.ReqExecutions(id, 0, "", "", "", ""), until, message -> {
            note(message, fills, commissions);
            return message instanceof ServerMessage.ExecDetailsEnd end && end.reqId() == id;
        });
        // Commissions are separate messages and may trail the end mark; the clock's answer stands behind them.
        conversation.ask(what, Conversation.NO_ID, new ClientMessage.ReqCurrentTime(), until, message -> {
            note(message, fills, commissions);
            return message instanceof ServerMessage.CurrentTime;
        });
        List<Execution> executions = new ArrayList<>();
        for (ExecDetails fill : fills.values()) {
            executions.add(toExecution(what, fill, Optional.ofNullable(commissions.get(fill.execId()))));
        }
        return executions;
    }

    private static void note(
            ServerMessage message, Map<String, ExecDetails> fills, Map<String, CommissionReport> commissions) {
        switch (message) {
            case ExecDetails fill -> fills.merge(baseId(fill.execId()), fill, AccountDesk::laterCorrection);
            case CommissionReport report -> commissions.put(report.execId(), report);
            default -> {}
        }
    }

    /** A correction has the id of what it corrects, with a higher number behind the last dot. */
    static String baseId(String execId) {
        int dot = execId.lastIndexOf('.');
        return dot < 0 ? execId : execId.substring(0, dot);
    }

    private static ExecDetails laterCorrection(ExecDetails one, ExecDetails other) {
        return one.execId().compareTo(other.execId()) >= 0 ? one : other;
    }

    private Execution toExecution(String what, ExecDetails fill, Optional<CommissionReport> report) {
        try {
            return new Execution(
                    fill.execId(),
                    fill.acctNumber(),
                    fill.contract().symbol(),
                    fill.contract().conId(),
                    side(fill.side()),
                    fill.shares(),
                    fill.price(),
                    TwsTimes.instant(fill.time()),
                    fill.orderRef(),
                    fill.permId(),
                    report.flatMap(CommissionReport::commission),
                    report.filter(one -> one.commission().isPresent()).map(CommissionReport::currency));
        } catch (DateTimeException e) {
            throw conversation.link().garbled(what + ". " + e.getMessage());
        }
    }

    private OrderTicket.Side side(String word) {
        return switch (word) {
            case "BOT", "BUY" -> OrderTicket.Side.BUY;
            case "SLD", "SELL" -> OrderTicket.Side.SELL;
            default -> throw conversation.link().garbled("An execution has the side '" + word + "'.");
        };
    }

    AccountSnapshot snapshot(String account) {
        String what = "The account " + account + " could not be read";
        List<AccountSnapshot.Position> positions = positions(what, account);
        Map<String, ServerMessage.AccountSummary> summary = summary(what, account);
        ServerMessage.AccountSummary value = summary.get(NET_LIQUIDATION);
        ServerMessage.AccountSummary cash = summary.get(CASH);
        if (value == null || cash == null) {
            throw new BrokerException(
                    Kind.REFUSED,
                    what + ": the gateway does not report it. Check the account number against the ones it names.");
        }
        try {
            return new AccountSnapshot(
                    account, value.currency(), new BigDecimal(value.value()), new BigDecimal(cash.value()), positions);
        } catch (NumberFormatException e) {
            throw conversation
                    .link()
                    .garbled(what + ": its value is '" + value.value() + "', its cash '" + cash.value() + "'.");
        }
    }

    private List<AccountSnapshot.Position> positions(String what, String account) {
        Map<Integer, AccountSnapshot.Position> positions = new LinkedHashMap<>();
        conversation.ask(
                what,
                Conversation.NO_ID,
                new ClientMessage.ReqPositions(),
                conversation.in(settings.answer()),
                message -> {
                    if (message instanceof ServerMessage.Position row
                            && row.account().equals(account)) {
                        positions.put(
                                row.contract().conId(),
                                new AccountSnapshot.Position(
                                        row.contract().symbol(),
                                        row.contract().conId(),
                                        row.contract().currency(),
                                        row.position(),
                                        row.avgCost()));
                    }
                    return message instanceof ServerMessage.PositionEnd;
                });
        conversation.link().send(new ClientMessage.CancelPositions());
        return positions.values().stream()
                .filter(position -> position.quantity().signum() != 0)
                .toList();
    }

    private Map<String, ServerMessage.AccountSummary> summary(String what, String account) {
        int id = conversation.newRequestId();
        Map<String, ServerMessage.AccountSummary> summary = new HashMap<>();
        conversation.ask(
                what,
                id,
                new ClientMessage.ReqAccountSummary(id, "All", NET_LIQUIDATION + "," + CASH),
                conversation.in(settings.answer()),
                message -> {
                    if (message instanceof ServerMessage.AccountSummary row
                            && row.reqId() == id
                            && row.account().equals(account)) {
                        summary.put(row.tag(), row);
                    }
                    return message instanceof ServerMessage.AccountSummaryEnd end && end.reqId() == id;
                });
        conversation.link().send(new ClientMessage.CancelAccountSummary(id));
        return summary;
    }
}
