package dev.signalwright.worker.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.platform.Json;
import java.util.List;

/** The account's value, cash and positions at the gateway's time; a position of zero shares is left out. */
final class Portfolio implements GatewayReadTask.Question {
    @Override
    public GatewayReadTask.Answer ask(BrokerSession session, String account, List<Artifact> orders) {
        AccountSnapshot snapshot = session.account(account);
        ObjectNode data = Json.object()
                .put("account", account)
                .put("time", session.currentTime().toString())
                .put("currency", snapshot.currency())
                .put("net_liquidation", snapshot.netLiquidation().toPlainString())
                .put("cash", snapshot.cash().toPlainString());
        ArrayNode positions = data.putArray("positions");
        List<AccountSnapshot.Position> held = snapshot.positions().stream()
                .filter(position -> position.quantity().signum() != 0)
                .toList();
        for (AccountSnapshot.Position position : held) {
            positions
                    .addObject()
                    .put("symbol", position.symbol())
                    .put("conid", position.conid())
                    .put("currency", position.currency())
                    .put("quantity", position.quantity().toPlainString())
                    .put("average_cost", position.averageCost().toPlainString());
        }
        String sentence = "The account is worth " + snapshot.netLiquidation().toPlainString() + " "
                + snapshot.currency() + " and holds " + held.size() + (held.size() == 1 ? " position." : " positions.");
        data.put("reason", sentence);
        return new GatewayReadTask.Answer(ArtifactType.PORTFOLIO, "portfolio", data, List.of(), sentence);
    }
}
