package dev.signalwright.worker.testing;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway in memory for tests of tasks that only read: answers with what it was given, or with its trouble. */
public final class ScriptedBroker implements Broker {
    private final GatewayIdentity identity;
    private final Instant time;
    private final Map<String, BarSeries> bars = new LinkedHashMap<>();
    private final Map<String, BrokerException> troubles = new LinkedHashMap<>();
    private Optional<BrokerException> down = Optional.empty();
    private List<BrokerSession.SessionHours> hours = List.of();
    private int connections;

    private ScriptedBroker(GatewayIdentity identity, Instant time) {
        this.identity = identity;
        this.time = time;
    }

    /** A simulated gateway on real history that stands at the clock. */
    public static ScriptedBroker replayAt(Instant clock) {
        return new ScriptedBroker(
                new GatewayIdentity(
                        List.of("SIM0000001"), AccountKind.SIMULATED, Origin.REPLAYED, Optional.of(clock), 178),
                clock);
    }

    /** A real gateway with an account of that kind, whose clock shows that time. */
    public static ScriptedBroker real(AccountKind kind, Instant time) {
        return new ScriptedBroker(new GatewayIdentity(List.of("X1"), kind, Origin.LIVE, Optional.empty(), 178), time);
    }

    public ScriptedBroker with(BarSeries series) {
        bars.put(series.symbol(), series);
        return this;
    }

    public ScriptedBroker with(BrokerSession.SessionHours stated) {
        hours = List.of(stated);
        return this;
    }

    /** Asking for that symbol's bars ends like this. */
    public ScriptedBroker trouble(String symbol, BrokerException.Kind kind, String sentence) {
        troubles.put(symbol, new BrokerException(kind, sentence));
        return this;
    }

    /** Nobody can connect. */
    public ScriptedBroker down(BrokerException.Kind kind, String sentence) {
        down = Optional.of(new BrokerException(kind, sentence));
        return this;
    }

    public int connections() {
        return connections;
    }

    @Override
    public BrokerSession connect(Duration deadline) {
        connections++;
        down.ifPresent(trouble -> {
            throw trouble;
        });
        return new Session();
    }

    private final class Session implements BrokerSession {
        @Override
        public GatewayIdentity identity() {
            return identity;
        }

        @Override
        public Instant currentTime() {
            return time;
        }

        @Override
        public Instrument instrument(String symbol) {
            if (!bars.containsKey(symbol) && !troubles.containsKey(symbol)) {
                throw new BrokerException(
                        BrokerException.Kind.UNKNOWN_SYMBOL, 200, "The gateway knows no stock " + symbol + ".");
            }
            return new Instrument(1, symbol, "SMART", "NASDAQ", "USD", new BigDecimal("0.01"), "America/New_York");
        }

        @Override
        public List<SessionHours> hours(Instrument instrument) {
            return hours;
        }

        @Override
        public BarSeries dailyBars(Instrument instrument, Instant end, int years) {
            BrokerException trouble = troubles.get(instrument.symbol());
            if (trouble != null) {
                throw trouble;
            }
            return bars.get(instrument.symbol());
        }

        @Override
        public OrderLookup findOrders(String orderRef) {
            throw new UnsupportedOperationException("reading tasks look up no orders");
        }

        @Override
        public OrderSighting place(OrderTicket ticket) {
            throw new UnsupportedOperationException("reading tasks place no orders");
        }

        @Override
        public List<Execution> executions() {
            throw new UnsupportedOperationException("these tasks read no executions");
        }

        @Override
        public AccountSnapshot account(String account) {
            throw new UnsupportedOperationException("these tasks read no account");
        }

        @Override
        public void close() {}
    }
}
