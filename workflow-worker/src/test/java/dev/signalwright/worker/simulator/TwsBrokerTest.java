package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The client against the simulator, over real sockets; its orders are in {@link TwsOrdersTest}. */
class TwsBrokerTest {
    private static final Duration SHORT = Duration.ofMillis(300);

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
