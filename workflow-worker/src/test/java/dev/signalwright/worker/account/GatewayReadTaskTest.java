package dev.signalwright.worker.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.WorkflowTask;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.TaskRuns;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayReadTaskTest {
    private final FixedGateway gateway = new FixedGateway();
    private final RecordingDesk desk =
            new RecordingDesk().withPreflight(TaskRuns.AS_OF, LocalDate.of(2012, 9, 20), Origin.REPLAYED);

    @Test
    void executionsOfTheAccountAreListedAndThoseOfOurOrdersMakeThemParents() {
        Artifact order = order("sw1-ours");
        gateway.executions.add(execution("b", "SIM0001", "by-hand"));
        gateway.executions.add(execution("a", "SIM0001", "sw1-ours"));
        gateway.executions.add(execution("c", "SIM9999", "sw1-ours"));

        TaskReport report = run(AccountTasks.trades(gateway));

        Artifact trades = desk.published(ArtifactType.TRADE).getFirst();
        JsonNode list = trades.json().path("data").path("executions");
        assertEquals("2 executions today, 1 of this run's orders.", report.reason());
        assertEquals(List.of("a", "b"), list.findValuesAsText("exec_id"));
        assertEquals("10.50", list.path(0).path("price").textValue());
        assertEquals("1.00", list.path(0).path("commission").textValue());
        assertEquals(order.id(), trades.json().path("parents").path(0).asText());
        assertEquals(1, trades.json().path("parents").size());
    }

    @Test
    void noExecutionsAreFineAndSaidSo() {
        assertEquals(
                "No executions yet today.", run(AccountTasks.trades(gateway)).reason());
        assertEquals(1, desk.published(ArtifactType.TRADE).size());
    }

    @Test
    void thePortfolioHoldsDecimalStrings() {
        run(AccountTasks.portfolio(gateway));

        JsonNode data = desk.published(ArtifactType.PORTFOLIO).getFirst().json().path("data");
        assertEquals("100000.25", data.path("net_liquidation").textValue());
        assertEquals(1, data.path("positions").size());
        assertEquals("3", data.path("positions").path(0).path("quantity").textValue());
    }

    @Test
    void aGatewayThatIsDownIsTriedAgain() {
        Broker down = deadline -> {
            throw new BrokerException(BrokerException.Kind.UNREACHABLE, "Nobody listens. Start the gateway.");
        };

        TaskReport report = run(AccountTasks.portfolio(down));

        assertEquals(Outcome.TRY_AGAIN, report.outcome());
        assertEquals("Nobody listens. Start the gateway.", report.reason());
    }

    @Test
    void severalAccountsAreNotChosenFrom() {
        gateway.accounts = List.of("SIM0001", "SIM0002");

        assertEquals(Outcome.REFUSED, run(AccountTasks.portfolio(gateway)).outcome());
    }

    @Test
    void withoutPreflightNothingIsAsked() {
        TaskReport report = AccountTasks.trades(gateway)
                .run(TaskRuns.of("get_trades", new RecordingDesk(), new RecordingLog(), "IBM"));

        assertEquals(Outcome.SKIPPED, report.outcome());
        assertTrue(report.reason().startsWith("Preflight did not finish"), report.reason());
    }

    private TaskReport run(WorkflowTask task) {
        return task.run(TaskRuns.of(task.name(), desk, new RecordingLog(), "IBM"));
    }

    private Artifact order(String reference) {
        ObjectNode produced = Json.object();
        produced.putObject("data").put("order_ref", reference).put("account", "SIM0001");
        return desk.publish(new Draft(
                ArtifactType.ORDER,
                "order",
                Optional.of("IBM"),
                Optional.of(TaskRuns.AS_OF),
                Origin.REPLAYED,
                List.of(),
                produced,
                Json.object(),
                Optional.empty()));
    }

    private static Execution execution(String id, String account, String reference) {
        return new Execution(
                id,
                account,
                "IBM",
                8314,
                OrderTicket.Side.BUY,
                new BigDecimal("5"),
                new BigDecimal("10.50"),
                TaskRuns.AS_OF,
                reference,
                4711,
                Optional.of(new BigDecimal("1.00")),
                Optional.of("USD"));
    }

    private static final class FixedGateway implements Broker, BrokerSession {
        private final List<Execution> executions = new ArrayList<>();
        private List<String> accounts = List.of("SIM0001");

        @Override
        public BrokerSession connect(Duration deadline) {
            return this;
        }

        @Override
        public GatewayIdentity identity() {
            return new GatewayIdentity(
                    accounts, GatewayIdentity.AccountKind.SIMULATED, Origin.REPLAYED, Optional.empty(), 178);
        }

        @Override
        public Instant currentTime() {
            return TaskRuns.AS_OF;
        }

        @Override
        public List<Execution> executions() {
            return executions;
        }

        @Override
        public AccountSnapshot account(String account) {
            return new AccountSnapshot(
                    account,
                    "USD",
                    new BigDecimal("100000.25"),
                    new BigDecimal("99000.00"),
                    List.of(
                            new AccountSnapshot.Position("IBM", 1, "USD", new BigDecimal("3"), new BigDecimal("90.1")),
                            new AccountSnapshot.Position("FB", 2, "USD", BigDecimal.ZERO, BigDecimal.ZERO)));
        }

        @Override
        public Instrument instrument(String symbol) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<SessionHours> hours(Instrument instrument) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BarSeries dailyBars(Instrument instrument, Instant end, int years) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OrderLookup findOrders(String orderRef) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OrderSighting place(OrderTicket ticket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
