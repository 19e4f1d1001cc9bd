package dev.signalwright.worker.clientportal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.signalwright.worker.account.AccountTasks;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.IntentDesk;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.marketdata.FetchMarketDataTask;
import dev.signalwright.worker.order.OrderTasks;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.preflight.PreflightTask;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.Settings.TradingMode;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tasks that speak to a gateway, one after the other, through this one: a paper account, real-time data. */
class PortalWorkflowTest {
    private static final String SUBMIT = "/iserver/account/DU1234567/orders";

    @RegisterExtension
    static final WireMockExtension SERVER = PortalGateway.server();

    private final PortalGateway gateway = new PortalGateway(SERVER);
    private final RecordingDesk desk = new RecordingDesk();
    private final Intents intents = new Intents();

    @BeforeEach
    void gateway() {
        gateway.loggedIn()
                .answers("/trsrv/stocks", PortalShapes.STOCKS)
                .answers("/iserver/contract/265598/info-and-rules", PortalShapes.rules("USD", "0.01"))
                .answers("/trsrv/secdef/schedule", "[]")
                .answers("/iserver/marketdata/snapshot", "[{\"conid\":265598}]", PortalShapes.quote("RPB"))
                .answers("/portfolio/accounts", "[]")
                .answers("/portfolio/DU1234567/positions/invalidate", "{}")
                .answers("/portfolio/DU1234567/positions/0", "[" + PortalShapes.position(265598, "3", "AAPL") + "]")
                .answers(
                        "/portfolio/DU1234567/summary",
                        "{\"netliquidation\":{\"amount\":100000,\"currency\":\"USD\"},"
                                + "\"totalcashvalue\":{\"amount\":50000,\"currency\":\"USD\"}}")
                .answers("/iserver/account/orders", "{\"orders\":[],\"snapshot\":true}")
                .answers("/iserver/account/trades", "[]")
                .answers(SUBMIT, "[{\"order_id\":\"42\",\"order_status\":\"PreSubmitted\"}]")
                .answers(
                        "/iserver/account/order/status/42",
                        "{\"order_status\":\"Submitted\",\"filled_quantity\":\"0.0\"}");
        SERVER.stubFor(PortalShapes.history(true, LocalDate.of(1990, 1, 2)));
    }

    @Test
    void aRunFromPreflightToPortfolioTradesOnceOnLiveData() throws Exception {
        assertEquals(Outcome.DONE, run(new PreflightTask(gateway.broker())).outcome());
        assertEquals(
                Outcome.DONE, run(new FetchMarketDataTask(gateway.broker())).outcome());
        Artifact bars = desk.published(ArtifactType.MARKET_DATA).getFirst();
        assertEquals(Origin.LIVE, bars.origin());
        assertEquals(265598, bars.json().path("data").path("conid").asInt());
        JsonNode rows = bars.json().path("data").path("rows");
        assertEquals("2012-09-19", rows.path(rows.size() - 1).path(0).asText());

        signal(bars);
        assertEquals(
                Outcome.DONE,
                run(OrderTasks.place(gateway.broker(), intents, gateway)).outcome());
        JsonNode order = desk.published(ArtifactType.ORDER).getFirst().json().path("data");
        assertEquals("working", order.path("state").asText(), order.toString());
        assertEquals(42, order.path("perm_id").asInt());
        JsonNode sent = Json.MAPPER
                .readTree(gateway.requests(SUBMIT).getFirst().getBodyAsString())
                .path("orders")
                .path(0);
        assertEquals(order.path("order_ref").asText(), sent.path("cOID").asText());
        // 10 % of 100,000 at 11.00 are 909 shares, 3 are held already.
        assertEquals(906, sent.path("quantity").asInt());

        gateway.answers(
                "/iserver/account/orders",
                "{\"orders\":[{\"orderId\":42,\"order_ref\":\""
                        + order.path("order_ref").asText() + "\",\"status\":\"Submitted\"}],\"snapshot\":true}");
        run(OrderTasks.place(gateway.broker(), intents, gateway));
        assertEquals(1, gateway.asked(SUBMIT), "the second run finds the first one's order");

        gateway.answers(
                "/iserver/account/trades",
                "["
                        + PortalShapes.trade(
                                "a.01.01",
                                "B",
                                "10",
                                "\"11\"",
                                "2012-09-20T12:30:00Z",
                                order.path("order_ref").asText())
                        + "]");
        TaskReport trades = run(AccountTasks.trades(gateway.broker()));
        assertEquals(Outcome.DONE, trades.outcome());
        assertTrue(trades.reason().contains("1 execution today, 1 of this run's orders"), trades.reason());
        assertEquals(
                "The account is worth 100000 USD and holds 1 position.",
                run(AccountTasks.portfolio(gateway.broker())).reason());
    }

    @Test
    void delayedDataNeverReachAnOrder() {
        gateway.answers("/iserver/marketdata/snapshot", PortalShapes.quote("DPB"));
        run(new PreflightTask(gateway.broker()));
        run(new FetchMarketDataTask(gateway.broker()));
        Artifact bars = desk.published(ArtifactType.MARKET_DATA).getFirst();
        assertEquals(Origin.DELAYED, bars.origin());

        signal(bars);
        run(OrderTasks.place(gateway.broker(), intents, gateway));

        assertTrue(desk.published(ArtifactType.ORDER)
                .getFirst()
                .json()
                .path("data")
                .path("reason")
                .asText()
                .contains("rests on delayed data"));
        assertEquals(0, gateway.asked(SUBMIT));
    }

    private void signal(Artifact bars) {
        ObjectNode produced = Json.object().put("action", "BUY").put("confidence", 0.6);
        produced.putObject("signal_data")
                .put("outcome", "DECIDED")
                .put("is_actionable", true)
                .put("entry_price", 11)
                .put("stop_loss", 10)
                .putArray("reasons");
        desk.publish(new Draft(
                ArtifactType.SIGNAL,
                "signal",
                Optional.of("AAPL"),
                Optional.of(TaskRuns.AS_OF),
                bars.origin(),
                List.of(bars.id()),
                produced,
                Json.object(),
                Optional.empty()));
    }

    private TaskReport run(WorkflowTask task) {
        TaskRun run = TaskRuns.of(task.name(), desk, gateway.log, "AAPL");
        Settings s = run.settings();
        Settings paper = new Settings(
                s.home(),
                s.spoolDir(),
                s.symbols(),
                s.strategy(),
                s.zone(),
                s.lateAfter(),
                s.artifactService(),
                s.gateway(),
                s.model(),
                s.mlflow(),
                new Settings.TradingSettings(TradingMode.PAPER, Optional.empty()));
        return task.run(new TaskRun(run.context(), paper, desk, gateway.log, run.clock()));
    }

    /** Keeps one intent and gives its permission once. */
    private static final class Intents implements IntentDesk {
        private final List<ObjectNode> stored = new ArrayList<>();
        private String state = "intended";

        @Override
        public IntentAnswer put(String slotSha256, ObjectNode intent) {
            stored.add(intent);
            return new IntentAnswer(stored.size() == 1, stored.getFirst(), state, Optional.empty());
        }

        @Override
        public Optional<IntentAnswer> find(String slotSha256) {
            return Optional.empty();
        }

        @Override
        public boolean claim(String slotSha256, String claimant) {
            boolean given = state.equals("intended");
            state = "claimed";
            return given;
        }

        @Override
        public void state(String slotSha256, String word, long permId, String note) {
            state = word;
        }
    }
}
