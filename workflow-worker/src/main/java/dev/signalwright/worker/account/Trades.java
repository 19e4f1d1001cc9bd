package dev.signalwright.worker.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.platform.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The executions of the gateway's day, all of the account, oldest first. Those of this run's orders make the order a
 * parent; others (by hand, by another program) are listed too, because they change the same account.
 */
final class Trades implements GatewayReadTask.Question {
    @Override
    public GatewayReadTask.Answer ask(BrokerSession session, String account, List<Artifact> orders) {
        List<Execution> executions = session.executions().stream()
                .filter(one -> one.account().equals(account))
                .sorted(Comparator.comparing(Execution::time).thenComparing(Execution::execId))
                .toList();
        Set<String> references = executions.stream().map(Execution::orderRef).collect(Collectors.toSet());
        List<String> parents = orders.stream()
                .filter(order -> references.contains(
                        order.json().path("data").path("order_ref").asText("none")))
                .map(Artifact::id)
                .toList();
        ObjectNode data = Json.object().put("account", account);
        ArrayNode list = data.putArray("executions");
        executions.stream().map(Trades::json).forEach(list::add);
        String sentence = executions.isEmpty()
                ? "No executions yet today."
                : executions.size() + (executions.size() == 1 ? " execution" : " executions") + " today, "
                        + executions.stream().filter(one -> ours(one, orders)).count()
                        + " of this run's orders.";
        data.put("reason", sentence);
        return new GatewayReadTask.Answer(ArtifactType.TRADE, "trades", data, parents, sentence);
    }

    private static boolean ours(Execution execution, List<Artifact> orders) {
        return orders.stream()
                .anyMatch(order -> execution
                        .orderRef()
                        .equals(order.json().path("data").path("order_ref").asText("none")));
    }

    private static ObjectNode json(Execution execution) {
        ObjectNode json = Json.object()
                .put("exec_id", execution.execId())
                .put("symbol", execution.symbol())
                .put("conid", execution.conid())
                .put("side", execution.side().name())
                .put("quantity", execution.quantity().toPlainString())
                .put("price", execution.price().toPlainString())
                .put("time", execution.time().toString())
                .put("order_ref", execution.orderRef())
                .put("perm_id", execution.permId());
        execution.commission().ifPresent(commission -> json.put("commission", commission.toPlainString()));
        execution.commissionCurrency().ifPresent(currency -> json.put("currency", currency));
        return json;
    }
}
