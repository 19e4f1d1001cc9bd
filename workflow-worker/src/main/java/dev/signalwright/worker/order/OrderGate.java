package dev.signalwright.worker.order;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.settings.Settings.TradingMode;
import dev.signalwright.worker.settings.Settings.TradingSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that must hold before an order may even be thought of. Pure code, without network, model or override: each
 * denial is a sentence, and there is no way around one.
 */
final class OrderGate {
    private OrderGate() {}

    /** Why this signal may not be traded, before anybody connects to anything; empty when it may. */
    static Optional<String> signal(TradingMode mode, SignalFacts signal) {
        if (mode == TradingMode.OFF) {
            return Optional.of("TRADING_MODE is off");
        }
        if (!signal.outcome().equals("DECIDED")) {
            return Optional.of("nothing was decided: " + signal.reasons());
        }
        if (signal.action().equals("HOLD")) {
            return Optional.of("the signal is HOLD");
        }
        if (!signal.action().equals("BUY") && !signal.action().equals("SELL")) {
            return Optional.of("the signal's action is neither BUY nor SELL");
        }
        if (!signal.actionable()) {
            return Optional.of("the signal is not to be traded: " + signal.reasons());
        }
        if (signal.entry().isEmpty() || signal.stop().isEmpty()) {
            return Optional.of("the signal has no entry or no stop");
        }
        if (mode != TradingMode.SIMULATED && signal.origin() != Origin.LIVE) {
            return Optional.of("TRADING_MODE=" + wire(mode) + " takes only live data, and this signal rests on "
                    + signal.origin().wire() + " data");
        }
        return Optional.empty();
    }

    /** Why this gateway may not be traded at; empty when it may. */
    static Optional<String> gateway(TradingSettings trading, GatewayIdentity gateway) {
        if (!gateway.kind().name().equals(trading.mode().name())) {
            return Optional.of("TRADING_MODE is " + wire(trading.mode()) + ", but the gateway's account is "
                    + gateway.kind().name().toLowerCase(Locale.ROOT));
        }
        if (account(trading, gateway).isPresent()) {
            return Optional.empty();
        }
        if (trading.mode() != TradingMode.LIVE) {
            return Optional.of("the gateway names " + gateway.accounts().size() + " accounts instead of one");
        }
        return Optional.of(
                trading.liveAccount().isEmpty()
                        ? "TRADING_MODE=live also needs LIVE_TRADING_ACCOUNT"
                        : "LIVE_TRADING_ACCOUNT is not an account that the gateway reports");
    }

    /** The account that orders go to; empty when it is not clear. */
    static Optional<String> account(TradingSettings trading, GatewayIdentity gateway) {
        if (trading.mode() == TradingMode.LIVE) {
            return trading.liveAccount().filter(gateway.accounts()::contains);
        }
        return gateway.accounts().size() == 1 ? Optional.of(gateway.accounts().getFirst()) : Optional.empty();
    }

    private static String wire(TradingMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
