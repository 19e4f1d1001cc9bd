package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.IntentDesk;
import dev.signalwright.worker.artifacts.IntentNotStoredException;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.testing.TaskRuns;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway and an intent store that outlive the processes that use them. Every call is a step; the process can be told
 * to die before or after the effect of any step. Thread-safe, like the real ones.
 */
final class World implements Broker, IntentDesk {
    /** The process is dead. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    final List<OrderTicket> sent = new ArrayList<>();
    final Map<String, ObjectNode> intents = new HashMap<>();
    final Map<String, String> states = new HashMap<>();
    GatewayIdentity identity = simulated("SIM0001");
    Instant now = TaskRuns.AS_OF;
    int conid = 265598;
    AccountSnapshot account = account("100000", "100000");
    boolean lookupComplete = true;
    boolean acknowledges = true;
    boolean findsOrders = true;
    boolean storesIntents = true;
    boolean answersClaims = true;
    int connects;
    int refusedConnects;
    private int step;
    private int deathStep = -1;

    static GatewayIdentity simulated(String... accounts) {
        return new GatewayIdentity(
                List.of(accounts),
                GatewayIdentity.AccountKind.SIMULATED,
                Origin.REPLAYED,
                Optional.of(TaskRuns.AS_OF),
                178);
    }

    static AccountSnapshot account(String netLiquidation, String cash, AccountSnapshot.Position... positions) {
        return new AccountSnapshot(
                "SIM0001", "USD", new BigDecimal(netLiquidation), new BigDecimal(cash), List.of(positions));
    }

    /** The next process dies at that step; even steps die before the effect, odd ones after it. */
    void dieAt(int which) {
        step = 0;
        deathStep = which;
    }

    void live() {
        deathStep = -1;
    }

    private synchronized void point() {
        if (step++ == deathStep) {
            throw new Death();
        }
    }

    @Override
    public BrokerSession connect(Duration deadline) {
        point();
        connects++;
        if (refusedConnects > 0) {
            refusedConnects--;
            throw new BrokerException(BrokerException.Kind.UNREACHABLE, "Nobody listens at 127.0.0.1:9. Start it.");
        }
        return new Session();
    }

    @Override
    public synchronized IntentAnswer put(String slotSha256, ObjectNode intent) {
        point();
        if (!storesIntents) {
            throw new IntentNotStoredException("The artifact service did not answer.", true, null);
        }
        boolean created = intents.putIfAbsent(slotSha256, intent) == null;
        states.putIfAbsent(slotSha256, "intended");
        point();
        return answer(slotSha256, created);
    }

    @Override
    public synchronized Optional<IntentAnswer> find(String slotSha256) {
        return intents.containsKey(slotSha256) ? Optional.of(answer(slotSha256, false)) : Optional.empty();
    }

    @Override
    public synchronized boolean claim(String slotSha256, String claimant) {
        point();
        boolean given = states.replace(slotSha256, "intended", "claimed");
        point();
        if (!answersClaims) {
            throw new IntentNotStoredException("The artifact service did not answer.", true, null);
        }
        return given;
    }

    @Override
    public synchronized void state(String slotSha256, String state, long permId, String note) {
        point();
        states.put(slotSha256, state);
        point();
    }

    private IntentAnswer answer(String slotSha256, boolean created) {
        return new IntentAnswer(created, intents.get(slotSha256), states.get(slotSha256), Optional.empty());
    }

    private static OrderSighting sighting(OrderTicket ticket, OrderState state) {
        return new OrderSighting(
                ticket.orderRef(), 4711, 1, state, BigDecimal.ZERO, ticket.quantity(), BigDecimal.ZERO, "");
    }

    private final class Session implements BrokerSession {
        @Override
        public GatewayIdentity identity() {
            return identity;
        }

        @Override
        public Instant currentTime() {
            point();
            return now;
        }

        @Override
        public Instrument instrument(String symbol) {
            point();
            return new Instrument(conid, symbol, "SMART", "NYSE", "USD", new BigDecimal("0.05"), "America/New_York");
        }

        @Override
        public OrderLookup findOrders(String orderRef) {
            point();
            synchronized (World.this) {
                return new OrderLookup(
                        sent.stream()
                                .filter(ticket ->
                                        findsOrders && ticket.orderRef().equals(orderRef))
                                .map(ticket -> sighting(ticket, OrderState.WORKING))
                                .toList(),
                        lookupComplete);
            }
        }

        @Override
        public OrderSighting place(OrderTicket ticket) {
            point();
            synchronized (World.this) {
                sent.add(ticket);
            }
            point();
            return sighting(ticket, acknowledges ? OrderState.WORKING : OrderState.UNKNOWN);
        }

        @Override
        public AccountSnapshot account(String number) {
            point();
            return account;
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
        public List<Execution> executions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
