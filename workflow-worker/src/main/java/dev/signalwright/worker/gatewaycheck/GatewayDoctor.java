package dev.signalwright.worker.gatewaycheck;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.broker.Quote;
import dev.signalwright.worker.gatewaycheck.Finding.State;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.Settings.TradingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The steps, in the order in which one stands on the other. Not thread-safe. */
public final class GatewayDoctor {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private static final String READ_ONLY_BUT_WANTED = "the gateway is read-only, and TRADING_MODE wants orders. In its"
            + " settings, under API, clear \"Read-Only API\".";

    private final Broker broker;
    private final Settings settings;
    private final Clock clock;
    private boolean well = true;

    public GatewayDoctor(Broker broker, Settings settings, Clock clock) {
        this.broker = broker;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Tries every step and tells each finding as soon as it is there.
     *
     * @return whether nothing is missing
     */
    public boolean examine(Consumer<Finding> tell) {
        Consumer<Finding> heed = finding -> {
            well &= finding.state() != State.MISSING;
            tell.accept(finding);
        };
        try (BrokerSession session = broker.connect(CONNECT)) {
            heed.accept(ok("port", "something listens at " + address()));
            heed.accept(ok(
                    "handshake",
                    "it speaks the TWS protocol, server version "
                            + session.identity().serverVersion()));
            account(session.identity()).forEach(heed);
            step(heed, "clock", () -> clock(session));
            step(heed, "orders", () -> orders(session));
            prices(session, heed);
        } catch (BrokerException e) {
            notConnected(e).forEach(heed);
        }
        return well;
    }

    private interface Step {
        Finding take();
    }

    private static void step(Consumer<Finding> tell, String name, Step step) {
        try {
            tell.accept(step.take());
        } catch (BrokerException e) {
            tell.accept(new Finding(name, State.MISSING, e.sentence()));
            if (e.endsTheSession()) {
                throw e;
            }
        }
    }

    /** Where the opening stopped: what was reached before that is well. */
    private Stream<Finding> notConnected(BrokerException e) {
        Finding port = ok("port", "something listens at " + address());
        return switch (e.kind()) {
            case UNREACHABLE, RESTARTING -> Stream.of(new Finding("port", State.MISSING, e.sentence()));
            case WRONG_GATEWAY ->
                Stream.of(
                        port,
                        ok("handshake", "it speaks the TWS protocol"),
                        new Finding("account", State.MISSING, e.sentence()));
            case CLIENT_ID_IN_USE -> Stream.of(port, new Finding("client id", State.MISSING, e.sentence()));
            default -> Stream.of(port, new Finding("handshake", State.MISSING, e.sentence()));
        };
    }

    private Stream<Finding> account(GatewayIdentity identity) {
        String accounts = String.join(", ", identity.accounts());
        String kind = identity.kind().name().toLowerCase(Locale.ROOT);
        TradingMode mode = settings.trading().mode();
        boolean fits = switch (mode) {
            case OFF -> true;
            case SIMULATED -> identity.kind() == AccountKind.SIMULATED;
            case PAPER -> identity.kind() == AccountKind.PAPER;
            case LIVE -> identity.kind() == AccountKind.LIVE;
        };
        Finding named = ok("accounts", accounts);
        String word = mode.name().toLowerCase(Locale.ROOT);
        if (!fits) {
            return Stream.of(
                    named,
                    new Finding(
                            "paper or live",
                            State.MISSING,
                            "a " + kind + " account, but TRADING_MODE is " + word + ". Set TRADING_MODE to off or "
                                    + kind
                                    + " in settings.env, or IBKR_PORT to the other gateway (usual: 4002 and 7497 paper,"
                                    + " 4001 and 7496 live)."));
        }
        Optional<String> live = settings.trading().liveAccount();
        if (mode == TradingMode.LIVE
                && live.filter(identity.accounts()::contains).isEmpty()) {
            return Stream.of(
                    named,
                    new Finding(
                            "paper or live",
                            State.MISSING,
                            "a live account, and LIVE_TRADING_ACCOUNT does not name it. Orders go only to the account"
                                    + " named there in settings.env."));
        }
        return Stream.of(named, ok("paper or live", "a " + kind + " account, as TRADING_MODE=" + word + " allows"));
    }

    private Finding clock(BrokerSession session) {
        Instant before = clock.instant();
        Instant there = session.currentTime();
        if (session.identity().simulated()) {
            return ok("clock", "a simulated gateway; its clock stands at " + there);
        }
        Duration apart = Duration.between(before, there).abs();
        if (apart.compareTo(CLOCK_TOLERANCE) > 0) {
            return new Finding(
                    "clock",
                    State.MISSING,
                    "the gateway's and this machine's differ by " + apart.toSeconds()
                            + " s. Let this machine's clock be set by NTP: bars and orders are dated by it.");
        }
        return ok("clock", "differs by " + apart.toSeconds() + " s");
    }

    /** Told by the answer to the cancellation of an order that never was; an order is not sent. */
    private Finding orders(BrokerSession session) {
        boolean wanted = settings.trading().mode() != TradingMode.OFF;
        return switch (session.orderTaking()) {
            case YES -> ok("orders", "the gateway takes orders");
            case READ_ONLY ->
                wanted
                        ? new Finding("orders", State.MISSING, READ_ONLY_BUT_WANTED)
                        : ok("orders", "the gateway is read-only, which fits TRADING_MODE=off");
            case UNKNOWN ->
                new Finding(
                        "orders",
                        State.WARN,
                        "whether the gateway takes orders cannot be told without sending one. Look into its settings,"
                                + " under API, at \"Read-Only API\".");
        };
    }

    private void prices(BrokerSession session, Consumer<Finding> tell) {
        String symbol = settings.symbols().getFirst();
        Instrument instrument;
        try {
            instrument = session.instrument(symbol);
        } catch (BrokerException e) {
            tell.accept(new Finding("contract", State.MISSING, e.sentence()));
            return;
        }
        tell.accept(ok(
                "contract",
                symbol + " is contract " + instrument.conid() + " at " + instrument.primaryExchange() + " in "
                        + instrument.currency()));
        step(tell, "history", () -> history(session, instrument));
        try {
            tell.accept(market(session.quote(instrument)));
        } catch (BrokerException e) {
            // Runs use daily bars alone, so that a missing permission for prices of now stops none.
            tell.accept(new Finding("market data", State.WARN, e.sentence()));
        }
    }

    private static Finding history(BrokerSession session, Instrument instrument) {
        BarSeries bars = session.dailyBars(instrument, session.currentTime(), 1);
        return ok(
                "history",
                bars.size() + " daily bars of " + bars.symbol() + ", the last of "
                        + bars.last().date());
    }

    private static Finding market(Quote quote) {
        String price =
                quote.last().or(quote::close).map(last -> "last price " + last).orElse("no price at this hour");
        if (quote.origin() == Origin.DELAYED) {
            return new Finding(
                    "market data",
                    State.WARN,
                    "delayed, " + price + ". Everything made from this session has origin delayed and never trades;"
                            + " subscribe to live prices in Client Portal, under Settings, Market Data Subscriptions.");
        }
        return ok("market data", quote.origin().wire() + ", " + price);
    }

    private String address() {
        return settings.gateway().host() + ":" + settings.gateway().port();
    }

    private static Finding ok(String step, String text) {
        return new Finding(step, State.OK, text);
    }
}
