package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BarSize;
import dev.signalwright.worker.broker.BracketTicket;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.PriceBar;
import dev.signalwright.worker.broker.Quote;
import dev.signalwright.worker.market.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What our own client can do beyond the daily run, against the simulator on AAPL of September 2012. */
class WholeClientTest {
    private static final String REF = "sw1-whole";

    @Test
    void readsWeeksTheBeginningAndAQuote() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            Instrument aapl = session.instrument("AAPL");
            List<PriceBar> weeks = session.bars(aapl, Desk.MORNING, BarSize.WEEK, Duration.ofDays(30), true);
            assertEquals(691.28, weeks.getLast().close());
            assertTrue(weeks.size() >= 4, weeks.toString());
            assertEquals(Instant.parse("2000-03-01T14:30:00Z"), session.earliestBar(aapl));
            Quote quote = session.quote(aapl);
            assertEquals(0, new BigDecimal("702.10").compareTo(quote.last().orElseThrow()));
            assertEquals(Origin.REPLAYED, quote.origin());
            assertEquals(BrokerSession.OrderTaking.YES, session.orderTaking());
        }
    }

    @Test
    void readsBarsWithinADayWhereThereAreSome() throws IOException {
        SimulatorOptions madeUp = new SimulatorOptions(
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                SimulatorOptions.DEFAULT_ACCOUNT,
                new BigDecimal("100000"),
                7,
                BigDecimal.ONE,
                178);
        try (Desk desk = new Desk(madeUp);
                BrokerSession session = desk.connect()) {
            Instant now = session.currentTime();
            List<PriceBar> hours =
                    session.bars(session.instrument("SIMA"), now, BarSize.HOUR, Duration.ofDays(7), true);
            assertTrue(hours.size() >= 4 * 4, hours.size() + " hours");
            assertTrue(hours.getFirst().start().isBefore(hours.getLast().start()));
        }
    }

    @Test
    void aBracketGoesInTogetherAndItsWaysOutFollowTheEntry() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            OrderSighting entry = session.placeBracket(new BracketTicket(
                    desk.buy(session, 10, "695.00", REF), new BigDecimal("701.00"), new BigDecimal("690.00")));
            assertEquals(OrderState.WORKING, entry.state());
            assertEquals(3, desk.gateway.book().state().open().size());
            desk.command("next-session");
            assertEquals(
                    OrderState.FILLED,
                    session.findOrders(REF).sightings().getFirst().state());
            assertEquals(1, session.findOrders(REF + "-t").sightings().size());
            assertEquals(1, session.findOrders(REF + "-s").sightings().size());
        }
    }

    @Test
    void cancelsAnOrderOfItsOwnAndInNeedAll() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            OrderSighting placed = desk.buyAndPlace(session, 10, "600.00", REF);
            assertEquals(OrderState.CANCELLED, session.cancel(placed.orderId()));
            desk.buyAndPlace(session, 10, "600.00", REF + "-2");
            desk.buyAndPlace(session, 10, "601.00", REF + "-3");
            session.cancelEverything();
            assertEquals(List.of(), desk.gateway.book().state().open());
        }
    }
}
