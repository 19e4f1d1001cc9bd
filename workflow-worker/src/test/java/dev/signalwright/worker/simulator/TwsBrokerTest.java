package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the simulator, over real sockets. */
class TwsBrokerTest {
    private static final String REF = "sw1-aaaabbbbccccddddeeeeffff";
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    @Test
    void recognisesTheSimulatedGatewayByItsTwoMarks() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            assertEquals(List.of("SIM0000001"), session.identity().accounts());
            assertEquals(AccountKind.SIMULATED, session.identity().kind());
            assertEquals(Origin.REPLAYED, session.identity().origin());
            assertEquals(Optional.of(Desk.MORNING), session.identity().simulatedClock());
            assertEquals(178, session.identity().serverVersion());
            assertEquals(Desk.MORNING, session.currentTime());
        }
    }

    @Test
    void readsTheBarsOfAppleAdjustedBySplitsAndNothingOfToday() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            BarSeries bars = session.dailyBars(session.instrument("AAPL"), Desk.MORNING, 8);
            assertEquals(expected("AAPL", LocalDate.of(2004, 9, 21), LocalDate.of(2012, 9, 19)), bars.bars());
            assertTrue(bars.size() > 2000, "only " + bars.size() + " bars");
        }
    }

    /** The file's prices, halved before 2005-02-28; an independent reading. */
    private static List<Bar> expected(String symbol, LocalDate first, LocalDate last) throws IOException {
        List<Bar> bars = new ArrayList<>();
        for (String line : Files.readAllLines(Desk.BARS.resolve(symbol + ".csv"))) {
            String[] cells = line.split(",");
            LocalDate date = cells[0].equals("date") ? LocalDate.MIN : LocalDate.parse(cells[0]);
            if (!date.isBefore(first) && !date.isAfter(last)) {
                double shares = date.isBefore(LocalDate.of(2005, 2, 28)) ? 2 : 1;
                bars.add(new Bar(
                        date,
                        Double.parseDouble(cells[1]) / shares,
                        Double.parseDouble(cells[2]) / shares,
                        Double.parseDouble(cells[3]) / shares,
                        Double.parseDouble(cells[4]) / shares,
                        Double.parseDouble(cells[5]) * shares));
            }
        }
        return bars;
    }

    @Test
    void knowsNothingOfASplitAfterTheRequestsEnd() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            Instant beforeSplit = Instant.parse("2005-02-25T22:00:00Z");
            BarSeries bars = session.dailyBars(session.instrument("AAPL"), beforeSplit, 1);
            assertEquals(LocalDate.of(2005, 2, 25), bars.last().date());
            assertEquals(88.99, bars.last().close());
        }
    }

    @Test
    void leavesOutTheSessionThatHasNotClosed() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            Instant beforeClose = Instant.parse("2012-09-18T19:59:59Z");
            BarSeries bars = session.dailyBars(session.instrument("MSFT"), beforeClose, 1);
            assertEquals(LocalDate.of(2012, 9, 17), bars.last().date());
        }
    }

    @Test
    void statesTheExchangesHoursWithItsClosedDays() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            List<BrokerSession.SessionHours> hours = session.hours(session.instrument("IBM"));
            assertEquals(
                    new BrokerSession.SessionHours(
                            LocalDate.of(2012, 9, 20),
                            Instant.parse("2012-09-20T13:30:00Z"),
                            Instant.parse("2012-09-20T20:00:00Z"),
                            false),
                    hours.getFirst());
            assertTrue(hours.get(2).closed());
        }
    }

    @Test
    void tellsAnUnknownSymbolFromMissingBars() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession session = desk.connect()) {
            assertKind(Kind.UNKNOWN_SYMBOL, () -> session.instrument("NOPE"));
            Instant beforeListing = Instant.parse("2003-01-02T14:00:00Z");
            assertKind(Kind.NO_DATA, () -> session.dailyBars(session.instrument("GOOG"), beforeListing, 1));
            assertEquals(Desk.MORNING, session.currentTime());
        }
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (Desk desk = Desk.onHistory()) {
            assertKind(Kind.UNREACHABLE, () -> desk.broker(port, SHORT, 1).connect(SHORT));
        }
    }

    @Test
    void givesUpOnAGatewayThatAcceptsAndNeverAnswers() throws IOException {
        try (Desk desk = Desk.withFaults("{\"do\":\"ignore\",\"on\":\"connect\"}")) {
            long before = System.nanoTime();
            assertKind(Kind.SILENT, () -> desk.broker(SHORT, 1).connect(SHORT));
            assertTrue(System.nanoTime() - before < Duration.ofSeconds(5).toNanos(), "it waited too long");
        }
    }

    @Test
    void saysWhenTheGatewayHangsUp() throws IOException {
        try (Desk desk = Desk.withFaults("{\"do\":\"cut-before\",\"on\":\"connect\"}")) {
            assertKind(Kind.NOT_TRUSTED, () -> desk.broker(SHORT, 1).connect(Desk.PATIENCE));
        }
        try (Desk desk = Desk.withFaults("{\"do\":\"cut-answer\",\"on\":\"reqHistoricalData\",\"bytes\":100}");
                BrokerSession session = desk.connect()) {
            assertKind(Kind.DISCONNECTED, () -> session.dailyBars(session.instrument("AAPL"), Desk.MORNING, 1));
        }
    }

    @Test
    void takesAnotherClientNumberWhenOneIsInUse() throws IOException {
        try (Desk desk = Desk.onHistory();
                BrokerSession first = desk.broker(Desk.PATIENCE, 2).connect(Desk.PATIENCE);
                BrokerSession second = desk.broker(Desk.PATIENCE, 2).connect(Desk.PATIENCE)) {
            assertEquals(first.currentTime(), second.currentTime());
            assertKind(
                    Kind.CLIENT_ID_IN_USE, () -> desk.broker(Desk.PATIENCE, 2).connect(SHORT));
        }
    }

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

    @Test
    void printsEveryMessageDecoded() throws IOException {
        try (Desk desk = Desk.onHistory()) {
            try (BrokerSession session = desk.connect()) {
                session.instrument("AAPL");
            }
            String printed = desk.printed.toString(StandardCharsets.UTF_8);
            assertTrue(printed.contains("-> reqContractDetails reqId=1000000000 symbol=AAPL secType=STK"), printed);
            assertTrue(printed.contains("<- contractDetails reqId=1000000000 conId=265598 symbol=AAPL"), printed);
        }
    }

    private static void assertKind(Kind kind, Runnable call) {
        BrokerException failure = assertThrows(BrokerException.class, call::run);
        assertEquals(kind, failure.kind(), failure.getMessage());
    }
}
