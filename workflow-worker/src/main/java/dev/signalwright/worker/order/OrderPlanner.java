package dev.signalwright.worker.order;

import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.OrderTicket.Side;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.task.RunMoment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Turns a permitted signal into an order plan at a living gateway, or says why there is none. */
final class OrderPlanner {
    private final SessionCalendar calendar = new SessionCalendar();
    private final BrokerSession session;
    private final Settings settings;
    private final RunMoment moment;
    private final String account;

    OrderPlanner(BrokerSession session, Settings settings, RunMoment moment, String account) {
        this.session = session;
        this.settings = settings;
        this.moment = moment;
        this.account = account;
    }

    /** A plan, or the reason why there is none. */
    sealed interface Planned {
        record Order(OrderPlan plan) implements Planned {}

        record Nothing(String why) implements Planned {}
    }

    /**
     * @param market the symbol's market data, whose contract the order must be for
     * @throws dev.signalwright.worker.broker.BrokerException when the gateway cannot be asked
     */
    Planned plan(String symbol, SignalFacts signal, Optional<Artifact> market) {
        // The probe: an answer proves that the session is alive, and tells in which session it stands now.
        Instant now = session.currentTime();
        if (!calendar.sessionDate(now).equals(moment.sessionDate())) {
            return new Planned.Nothing("the signal is for the session of " + moment.sessionDate()
                    + ", and at the gateway it is the session of " + calendar.sessionDate(now));
        }
        Instrument instrument = session.instrument(symbol);
        int analysed = market.map(bars -> bars.json().path("data").path("conid").asInt())
                .orElse(0);
        if (analysed != instrument.conid()) {
            return new Planned.Nothing("the bars are those of contract " + analysed + ", but " + symbol
                    + " is now contract " + instrument.conid());
        }
        AccountSnapshot snapshot = session.account(account);
        Side side = Side.valueOf(signal.action());
        BigDecimal limit = OrderPlan.onTick(signal.entry().orElseThrow(), instrument.minTick());
        BigDecimal quantity = side == Side.BUY
                ? OrderSize.toBuy(
                        snapshot, instrument.conid(), limit, signal.stop().orElseThrow())
                : OrderSize.toSell(snapshot, instrument.conid());
        if (quantity.signum() <= 0 || limit.signum() <= 0) {
            return new Planned.Nothing(
                    side == Side.BUY
                            ? "not even one share fits the risk rule (1 % at risk, 10 % per position, paid from cash)"
                            : "SELL only closes a long position, and none is held");
        }
        Slot slot = new Slot(
                account, settings.trading().mode(), settings.strategy(), instrument.conid(), moment.sessionDate());
        return new Planned.Order(new OrderPlan(slot, instrument, side, quantity, limit));
    }
}
