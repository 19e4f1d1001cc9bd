package dev.signalwright.worker.preflight;

import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.settings.Settings.TradingMode;
import dev.signalwright.worker.task.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Connects once and asks the gateway everything preflight wants to know. */
final class GatewayChecks {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(15);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private final Broker broker;

    GatewayChecks(Broker broker) {
        this.broker = broker;
    }

    /**
     * What the gateway answered.
     *
     * @param identity empty when it could not be reached
     * @param hours the exchange's hours it stated; empty when it stated none
     */
    record Answer(Optional<GatewayIdentity> identity, List<SessionHours> hours, List<Check> checks) {}

    Answer ask(TaskRun run) {
        Instant start = run.clock().instant();
        try (BrokerSession session = broker.connect(CONNECT_DEADLINE)) {
            GatewayIdentity identity = session.identity();
            Instant gatewayTime = session.currentTime();
            List<Check> checks = new ArrayList<>();
            checks.add(reached(run, identity, gatewayTime, since(run, start)));
            checks.add(account(run.settings().trading().mode(), identity.kind()));
            return new Answer(Optional.of(identity), hours(session, run), checks);
        } catch (BrokerException e) {
            Check unreachable = Check.failed(
                    "gateway",
                    true,
                    since(run, start),
                    e.sentence(),
                    "Check that IB Gateway runs and that IBKR_HOST and IBKR_PORT name it.");
            return new Answer(Optional.empty(), List.of(), List.of(unreachable));
        }
    }

    private static Check reached(TaskRun run, GatewayIdentity identity, Instant gatewayTime, Duration latency) {
        String where =
                run.settings().gateway().host() + ":" + run.settings().gateway().port();
        if (identity.simulated()) {
            return Check.passed(
                    "gateway",
                    true,
                    latency,
                    "A simulated gateway answers at " + where + "; its clock stands at " + gatewayTime + ".");
        }
        Duration skew = Duration.between(run.clock().instant(), gatewayTime).abs();
        if (skew.compareTo(CLOCK_TOLERANCE) > 0) {
            return Check.failed(
                    "gateway",
                    true,
                    latency,
                    "The gateway's clock and this machine's differ by " + skew.toSeconds() + " s.",
                    "Set this machine's clock (NTP): bars and orders are dated by it.");
        }
        return Check.passed("gateway", true, latency, "The gateway answers at " + where + ".");
    }

    private static Check account(TradingMode mode, AccountKind kind) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        boolean fits = switch (mode) {
            case OFF -> true;
            case SIMULATED -> kind == AccountKind.SIMULATED;
            case PAPER -> kind == AccountKind.PAPER;
            case LIVE -> kind == AccountKind.LIVE;
        };
        if (fits) {
            return Check.passed("account", true, Duration.ZERO, "The account is a " + word + " account.");
        }
        return Check.failed(
                "account",
                true,
                Duration.ZERO,
                "TRADING_MODE is " + mode.name().toLowerCase(Locale.ROOT) + " but the gateway answers with a " + word
                        + " account.",
                "Start the gateway with the other account, or set TRADING_MODE to what it is (off sends no orders).");
    }

    /** Hours of the first symbol the gateway knows: an unknown symbol is its own outcome later, not preflight's. */
    private static List<SessionHours> hours(BrokerSession session, TaskRun run) {
        for (String symbol : run.context().symbols()) {
            try {
                return session.hours(session.instrument(symbol));
            } catch (BrokerException e) {
                if (e.kind() != BrokerException.Kind.UNKNOWN_SYMBOL && e.kind() != BrokerException.Kind.AMBIGUOUS) {
                    throw e;
                }
            }
        }
        return List.of();
    }

    private static Duration since(TaskRun run, Instant start) {
        return Duration.between(start, run.clock().instant());
    }
}
