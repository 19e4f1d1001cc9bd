package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of the client in the simulator's book: found again, filled, refused, kept, and lost on the way. */
class TwsOrdersTest {
    private static final String REF = "sw1-aaaabbbbccccddddeeeeffff";
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    @Test
    void findsAnOrderByItsReferenceAfterReconnecting() throws IOException {
        try (Desk desk = Desk.onHistory()) {
            OrderSighting placed;
            try (BrokerSession session = desk.connect()) {
                assertEquals(new OrderLookup(List.of(), true), session.findOrders(REF));
                placed = session.place(desk.buy(session, 10, "690.00", REF));
                assertEquals(OrderState.WORKING, placed.state());
            }
            try (BrokerSession session = desk.connect()) {
                OrderLookup found = session.findOrders(REF);
                assertTrue(found.complete());
                assertEquals(1, found.sightings().size());
                assertEquals(placed.permId(), found.sightings().getFirst().permId());
                assertEquals(OrderState.WORKING, found.sightings().getFirst().state());
            }
        }
    }

    /** AAPL on 2012-09-20: open 699.16, low 693.62, high 700.06. */
    @Test
    void fillsAtTheOpenOrTheLimitInTheNextSession() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            session.place(desk.buy(session, 10, "699.50", REF));
            session.place(desk.buy(session, 20, "695.00", "other"));
            session.place(desk.buy(session, 30, "693.00", "third"));
            assertEquals("clock 2012-09-21T09:00:00-04:00", desk.command("next-session"));
            assertEquals(Instant.parse("2012-09-21T13:00:00Z"), session.currentTime());

            List<Execution> executions = session.executions();
            assertEquals(2, executions.size());
            Execution atOpen = executions.getFirst();
            assertEquals(REF, atOpen.orderRef());
            assertEquals(0, new BigDecimal("699.16").compareTo(atOpen.price()), atOpen.toString());
            assertEquals(Instant.parse("2012-09-20T13:30:00Z"), atOpen.time());
            assertEquals(Optional.of(new BigDecimal("1")), atOpen.commission());
            assertEquals(
                    0, new BigDecimal("695.00").compareTo(executions.getLast().price()));

            assertEquals(OrderState.FILLED, only(session.findOrders(REF)).state());
            assertEquals(atOpen.permId(), only(session.findOrders(REF)).permId());
            assertEquals(OrderState.CANCELLED, only(session.findOrders("third")).state());
            assertBought30(session.account("SIM0000001"));
        }
    }

    private static void assertBought30(AccountSnapshot account) {
        assertEquals(1, account.positions().size());
        AccountSnapshot.Position position = account.positions().getFirst();
        assertEquals(0, BigDecimal.valueOf(30).compareTo(position.quantity()));
        // 10 at 699.16, 20 at 695.00, commission 1 each.
        assertEquals(new BigDecimal("696.45333333"), position.averageCost());
        assertEquals(0, new BigDecimal("79106.40").compareTo(account.cash()));
        // Close of 2012-09-20: 698.70.
        assertEquals(0, new BigDecimal("100067.40").compareTo(account.netLiquidation()));
    }

    private static OrderSighting only(OrderLookup lookup) {
        assertTrue(lookup.complete());
        assertEquals(1, lookup.sightings().size(), lookup.toString());
        return lookup.sightings().getFirst();
    }

    @Test
    void keepsOrdersPositionsAndClockAcrossARestart() throws IOException {
        long permId;
        try (Desk desk = Desk.keepingStateIn(folder);
                BrokerSession session = desk.connect()) {
            session.place(desk.buy(session, 10, "699.50", "earlier"));
            desk.command("next-session");
            permId = session.place(desk.buy(session, 5, "600.00", REF)).permId();
        }
        try (Desk desk = Desk.keepingStateIn(folder);
                BrokerSession session = desk.connect()) {
            assertEquals(
                    Optional.of(Instant.parse("2012-09-21T13:00:00Z")),
                    session.identity().simulatedClock());
            assertEquals(permId, only(session.findOrders(REF)).permId());
            assertEquals(OrderState.FILLED, only(session.findOrders("earlier")).state());
            assertEquals(1, session.account("SIM0000001").positions().size());
            assertNotEquals(
                    permId, session.place(desk.buy(session, 1, "600.00", "new")).permId());
        }
    }

    @Test
    void reportsARefusedOrderInTheGatewaysWords() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            OrderSighting refused = desk.buyAndPlace(session, 100_000, "690.00", REF);
            assertEquals(OrderState.REJECTED, refused.state());
            assertTrue(refused.note().contains("are available"), refused.note());
        }
    }

    @Test
    void doesNotKnowTheStateOfAnOrderWhoseAnswerIsLost() throws IOException {
        for (String fault : List.of("swallow", "ignore", "cut-before", "cut-after")) {
            try (Desk desk = Desk.withFaults("{\"do\":\"" + fault + "\",\"on\":\"placeOrder\"}")) {
                boolean taken = fault.equals("swallow") || fault.equals("cut-after");
                try (BrokerSession session =
                        desk.broker(SHORT.multipliedBy(3), 8).connect(Desk.PATIENCE)) {
                    OrderSighting sent = desk.buyAndPlace(session, 10, "690.00", REF);
                    assertEquals(OrderState.UNKNOWN, sent.state(), fault);
                }
                try (BrokerSession session = desk.connect()) {
                    assertEquals(
                            taken ? 1 : 0, session.findOrders(REF).sightings().size(), fault);
                }
            }
        }
    }

    @Test
    void saysThatALookUpIsIncompleteWhenAnEndMarkIsMissing() throws IOException {
        try (Desk desk = Desk.withFaults("{\"do\":\"without-end\",\"on\":\"reqCompletedOrders\"}");
                BrokerSession session = desk.broker(SHORT, 8).connect(Desk.PATIENCE)) {
            assertFalse(session.findOrders(REF).complete());
        }
    }
}
