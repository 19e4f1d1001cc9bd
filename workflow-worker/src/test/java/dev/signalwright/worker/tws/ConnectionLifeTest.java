package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BarSize;
import dev.signalwright.worker.broker.BracketTicket;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.BrokerSession.OrderTaking;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.broker.PriceBar;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.tws.host.HostShare;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way a connection can go wrong has its own kind and its own advice. */
class ConnectionLifeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final List<String> HELLO = List.of("178|20120920 09:00:00 US/Eastern|");
    private static final Instant NOW = Instant.parse("2026-03-02T23:50:00Z");
    private static final Instrument AAPL =
            new Instrument(265598, "AAPL", "SMART", "NASDAQ", "USD", new BigDecimal("0.01"), "America/New_York");

    private final RecordingLog log = new RecordingLog();

    /** Says the bytes to everyone who connects, then closes. */
    private static ServerSocket saying(byte[] bytes) throws IOException {
        ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!door.isClosed()) {
                try (Socket socket = door.accept()) {
                    socket.getInputStream().readNBytes(17);
                    socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                    // The client left, or the test is over.
                    continue;
                }
            }
        });
        return door;
    }

    @Test
    void namesTheOtherKindOfServer() throws IOException {
        try (ServerSocket web = saying("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            assertTrouble(Kind.WRONG_SERVER, "web server", () -> connect(settings(web.getLocalPort())));
        }
        try (ServerSocket tls = saying(new byte[] {0x15, 3, 3, 0, 2, 2, 0x46})) {
            assertTrouble(Kind.WRONG_SERVER, "TLS", () -> connect(settings(tls.getLocalPort())));
        }
    }

    @Test
    void takesAnImmediateCloseForMissingTrust() throws IOException {
        try (ServerSocket door = saying(new byte[0])) {
            assertTrouble(Kind.NOT_TRUSTED, "trusted", () -> connect(settings(door.getLocalPort())));
        }
    }

    @Test
    void waitsForTheDailyRestartAndNamesIt() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        AtomicLong nanos = new AtomicLong();
        TwsSettings settings = settings(port)
                .with(false, Map.of(), Optional.of(new RestartWindow(LocalTime.of(23, 45), ZoneOffset.UTC)));
        TwsBroker broker = new TwsBroker(
                settings,
                Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                nanos::get,
                pause -> nanos.addAndGet(pause.toNanos()),
                new SplittableRandom(1),
                log);
        assertTrouble(Kind.RESTARTING, "daily restart at 23:45", () -> broker.connect(PATIENCE));
        assertTrue(nanos.get() > Duration.ofSeconds(10).toNanos(), "it did not wait");
    }

    @Test
    void sendsNoOrderInTheMinuteBeforeTheRestart() {
        RestartWindow window = new RestartWindow(LocalTime.of(23, 45), ZoneOffset.UTC);
        assertTrue(window.forbidsOrders(Instant.parse("2026-03-02T23:44:30Z")));
        assertTrue(window.forbidsOrders(Instant.parse("2026-03-02T23:54:59Z")));
        assertFalse(window.forbidsOrders(Instant.parse("2026-03-02T23:43:59Z")));
        assertFalse(window.forbidsOrders(Instant.parse("2026-03-02T23:55:00Z")));
        RestartWindow midnight = new RestartWindow(LocalTime.of(23, 55), ZoneOffset.UTC);
        assertTrue(midnight.contains(Instant.parse("2026-03-03T00:04:00Z")));
    }

    @Test
    void sendsNoOrderWhileTheServersAreLostAndGoesOnWhenTheyAreBack() throws IOException {
        Map<Integer, List<String>> script = opening("DU1234567");
        script.put(49, List.of("4|2|-1|1100|Connectivity has been lost.||", "49|1|1348146000|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(settings(gateway.port()))) {
            assertTrouble(Kind.SERVERS_LOST, "No order was sent", () -> session.place(ticket()));
            assertFalse(gateway.heard().stream().anyMatch(line -> line.startsWith("3|")), "it sent an order");
        }
        script.put(49, List.of("4|2|-1|2110|broken||", "4|2|-1|1102|restored, data maintained||", "49|1|1348146000|"));
        script.put(3, List.of("3|1|Submitted|0|10|0|3000000001|0|0|100||0|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(settings(gateway.port()))) {
            assertEquals(OrderState.WORKING, session.place(ticket()).state());
        }
    }

    @Test
    void findsOutWithoutAnOrderWhetherOrdersAreTaken() throws IOException {
        Map<String, OrderTaking> answers = Map.of(
                "4|2|1|10147|OrderId 1 that needs to be cancelled is not found.||", OrderTaking.YES,
                "4|2|1|321|Error validating request: The API interface is currently in Read-Only mode.||",
                        OrderTaking.READ_ONLY,
                "49|1|1348146000|", OrderTaking.UNKNOWN);
        for (Map.Entry<String, OrderTaking> answer : answers.entrySet()) {
            Map<Integer, List<String>> script = opening("DU1234567");
            script.put(4, List.of(answer.getKey()));
            try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                    BrokerSession session = connect(settings(gateway.port(), SHORT))) {
                assertEquals(answer.getValue(), session.orderTaking());
                assertTrue(gateway.heard().contains("4|1|1||"), gateway.heard().toString());
            }
        }
    }

    @Test
    void keepsTheOriginOfDelayedPrices() throws IOException {
        Map<Integer, List<String>> script = opening("DU1234567");
        script.put(
                1,
                List.of(
                        "4|2|1000000000|10167|Displaying delayed market data.||",
                        "58|1|1000000000|3|",
                        "81|1000000000|0.01|9c0001|3|",
                        "1|6|1000000000|68|255.45|200|0|",
                        "1|6|1000000000|66|-1|0|0|",
                        "2|6|1000000000|74|312894|",
                        "45|6|1000000000|49|0|",
                        "46|6|1000000000|88|1348146000|",
                        "57|1|1000000000|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(settings(gateway.port()))) {
            assertEquals(Origin.LIVE, session.identity().origin());
            var quote = session.quote(AAPL);
            assertEquals(Optional.of(new BigDecimal("255.45")), quote.last());
            assertEquals(Optional.empty(), quote.bid());
            assertEquals(Origin.DELAYED, quote.origin());
            assertEquals(Origin.DELAYED, session.identity().origin());
        }
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("DU1234567"));
                BrokerSession session = connect(settings(gateway.port()).with(true, Map.of(), Optional.empty()))) {
            assertEquals(Origin.DELAYED, session.identity().origin());
            session.currentTime();
            assertTrue(gateway.heard().contains("59|1|3|"), gateway.heard().toString());
        }
    }

    @Test
    void readsBarsWithinADayByTheirEpochSeconds() throws IOException {
        Map<Integer, List<String>> script = opening("DU1234567");
        script.put(20, List.of("17|1000000000|a|b|1|1348147800|699.1|700|698|699.5|1000.5|699|42|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(settings(gateway.port()))) {
            List<PriceBar> bars =
                    session.bars(AAPL, Instant.parse("2012-09-20T20:00:00Z"), BarSize.HOUR, Duration.ofDays(1), true);
            assertEquals(Instant.parse("2012-09-20T13:30:00Z"), bars.getFirst().start());
            assertTrue(
                    gateway.heard().stream()
                            .anyMatch(line -> line.contains("|20120920-20:00:00|1 hour|1 D|1|TRADES|2|0||")),
                    gateway.heard().toString());
        }
        assertEquals("52 W", HistoryDesk.duration(Duration.ofDays(364), BarSize.WEEK));
        assertEquals("2 Y", HistoryDesk.duration(Duration.ofDays(366), BarSize.WEEK));
    }

    @Test
    void sendsABracketAsThreeOrdersThatOnlyTheLastReleases() throws IOException {
        Map<Integer, List<String>> script = opening("DU1234567");
        script.put(3, List.of("3|1|PreSubmitted|0|10|0|3000000001|0|0|100||0|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(settings(gateway.port()))) {
            session.placeBracket(new BracketTicket(ticket(), new BigDecimal("720"), new BigDecimal("670")));
            session.currentTime();
            List<String> sent = gateway.heard().stream()
                    .filter(line -> line.startsWith("3|"))
                    .toList();
            assertEquals(3, sent.size(), sent.toString());
            assertTrue(sent.get(0).contains("|BUY|10|LMT|690.00||DAY||DU1234567|O|0|sw1-test|0|0|"), sent.get(0));
            assertTrue(sent.get(1).contains("|SELL|10|LMT|720||DAY||DU1234567|O|0|sw1-test-t|0|1|"), sent.get(1));
            assertTrue(sent.get(2).contains("|SELL|10|STP||670|DAY||DU1234567|O|0|sw1-test-s|1|1|"), sent.get(2));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new BracketTicket(ticket(), new BigDecimal("680"), new BigDecimal("670")));
    }

    @Test
    void backsOffWithTheSameNumberFromAGhostAndThenTakesTheNext(@TempDir Path home) throws IOException {
        AtomicLong nanos = new AtomicLong();
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> turnAway(door, connections));
            TwsSettings settings =
                    new TwsSettings("127.0.0.1", door.getLocalPort(), 7, 2, PATIENCE, PATIENCE, PATIENCE);
            TwsBroker broker = new TwsBroker(
                    settings,
                    Optional.of(HostShare.of(home, "127.0.0.1", door.getLocalPort())),
                    Clock.systemUTC(),
                    nanos::get,
                    pause -> nanos.addAndGet(pause.toNanos()),
                    new SplittableRandom(1),
                    log);
            assertTrouble(Kind.CLIENT_ID_IN_USE, "client number", () -> broker.connect(Duration.ofSeconds(16)));
        }
        // Three tries with the first number (after 2 and 5 s), then one with the second.
        assertEquals(4, connections.get());
        assertEquals(Duration.ofSeconds(7).toNanos(), nanos.get());
    }

    private static void turnAway(ServerSocket door, AtomicInteger connections) {
        byte[] words = ("178|now|").replace('|', '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] taken = ("4|2|-1|326|Unable to connect as the client id is already in use.||")
                .replace('|', '\0')
                .getBytes(StandardCharsets.US_ASCII);
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                connections.incrementAndGet();
                socket.getInputStream().readNBytes(17);
                socket.getOutputStream().write(dev.signalwright.worker.tws.wire.FrameWriter.frame(words));
                socket.getInputStream().readNBytes(8);
                socket.getOutputStream().write(dev.signalwright.worker.tws.wire.FrameWriter.frame(taken));
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client left, or the test is over.
                continue;
            }
        }
    }

    @Test
    void asksWhichOfSeveralContractsIsMeantAndTakesTheAnswer() throws IOException {
        Map<Integer, List<String>> script = opening("DU1234567");
        script.put(
                9,
                List.of(
                        details("ABC", 111, "NYSE", "USD", "ABC CORP"),
                        details("ABC", 222, "ARCA", "USD", "ABC FUND"),
                        "52|1|1000000000|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(settings(gateway.port()))) {
            BrokerException question = assertThrows(BrokerException.class, () -> session.instrument("ABC"));
            assertEquals(Kind.AMBIGUOUS, question.kind());
            assertTrue(
                    question.sentence()
                            .contains(
                                    "which of 2 stocks is meant? ABC CORP at NYSE in USD is ABC=111; ABC FUND at ARCA in"
                                            + " USD is ABC=222. Put the one you mean into IBKR_CONTRACTS."),
                    question.sentence());
        }
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session = connect(
                        settings(gateway.port()).with(false, ContractPin.read("ABC=ARCA/USD"), Optional.empty()))) {
            assertEquals(222, session.instrument("ABC").conid());
        }
        script.put(9, List.of(details("XYZ", 333, "NYSE", "USD", "XYZ INC"), "52|1|1000000000|"));
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script);
                BrokerSession session =
                        connect(settings(gateway.port()).with(false, ContractPin.read("ABC=333"), Optional.empty()))) {
            assertTrouble(Kind.AMBIGUOUS, "contract 333 is XYZ", () -> session.instrument("ABC"));
        }
        assertThrows(IllegalArgumentException.class, () -> ContractPin.read("ABC=nowhere"));
    }

    private static String details(String symbol, int conid, String exchange, String currency, String name) {
        return "10|1000000000|" + symbol + "|STK||0||SMART|" + currency + "|" + symbol + "|NMS|NMS|" + conid
                + "|0.01||LMT|SMART|1|0|" + name + "|" + exchange + "||Tech|Computers|Computers|US/Eastern|"
                + "20250324:0400-20250324:2000|20250324:0930-20250324:1600|||0|1|||26||COMMON|0.0001|0.0001|100|";
    }

    private static OrderTicket ticket() {
        return new OrderTicket(
                "DU1234567", AAPL, OrderTicket.Side.BUY, BigDecimal.TEN, new BigDecimal("690.00"), "sw1-test");
    }

    private static Map<Integer, List<String>> opening(String accounts) {
        Map<Integer, List<String>> script = new HashMap<>();
        script.put(71, List.of("15|1|" + accounts + "|", "9|1|1|"));
        script.put(49, List.of("49|1|1348146000|"));
        return script;
    }

    private static TwsSettings settings(int port) {
        return settings(port, PATIENCE);
    }

    private static TwsSettings settings(int port, Duration patience) {
        return new TwsSettings("127.0.0.1", port, 100, 1, patience, patience, patience);
    }

    private BrokerSession connect(TwsSettings settings) {
        return new TwsBroker(settings, System::nanoTime, Sleeper.real(), new SplittableRandom(1), log)
                .connect(PATIENCE);
    }

    private static void assertTrouble(Kind kind, String words, Runnable call) {
        BrokerException failure = assertThrows(BrokerException.class, call::run);
        assertEquals(kind, failure.kind(), failure.getMessage());
        assertTrue(failure.sentence().contains(words), failure.sentence());
    }
}
