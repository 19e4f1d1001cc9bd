package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.testing.RecordingLog;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The client against gateways that say what real ones have been seen to say, and what they should not. */
class TwsSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final List<String> HELLO = List.of("178|20120920 09:00:00 US/Eastern|");
    private static final String TIME = "49|1|1348146000|";
    private static final int START_API = 71;
    private static final int CURRENT_TIME = 49;
    private static final int PLACE_ORDER = 3;
    private static final int BARS = 20;
    private static final String MARK = "4|2|-1|2199|signalwright-simulator bars=history clock=2012-09-20T09:00-04:00||";
    private static final Instrument AAPL =
            new Instrument(265598, "AAPL", "SMART", "NASDAQ", "USD", new BigDecimal("0.01"), "America/New_York");

    private final RecordingLog log = new RecordingLog();

    @Test
    void tellsPaperAndLiveAccountsByTheirNumbers() throws IOException {
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("DU1234567"));
                BrokerSession session = connect(gateway, PATIENCE)) {
            assertEquals(AccountKind.PAPER, session.identity().kind());
            assertEquals(Origin.LIVE, session.identity().origin());
        }
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("U1234567,DU7654321"));
                BrokerSession session = connect(gateway, PATIENCE)) {
            assertEquals(AccountKind.LIVE, session.identity().kind());
            assertEquals(List.of("U1234567", "DU7654321"), session.identity().accounts());
        }
    }

    @Test
    void refusesAGatewayWithOneOfTheTwoMarks() throws IOException {
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("SIM0000001"))) {
            assertKind(Kind.WRONG_GATEWAY, () -> connect(gateway, PATIENCE));
        }
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("U1234567", MARK))) {
            assertKind(Kind.WRONG_GATEWAY, () -> connect(gateway, PATIENCE));
        }
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("SIM0000001,DU1234567", MARK))) {
            assertKind(Kind.WRONG_GATEWAY, () -> connect(gateway, PATIENCE));
        }
    }

    @Test
    void refusesWhatIsNotTheProtocol() throws IOException {
        for (String hello : List.of("HTTP/1.1 400 Bad Request", "-1|elsewhere:4001|", "156|old|", "201|new|", "||")) {
            try (ScriptedGateway gateway = new ScriptedGateway(List.of(hello), Map.of())) {
                assertKind(Kind.GARBLED, () -> connect(gateway, PATIENCE));
            }
        }
    }

    @Test
    void skipsAndCountsMessagesItDoesNotKnow() throws IOException {
        try (ScriptedGateway gateway =
                        new ScriptedGateway(HELLO, opening("DU1234567", "250|anything|", "9|1|1|appended|"));
                BrokerSession session = connect(gateway, PATIENCE)) {
            assertEquals(178, session.identity().serverVersion());
            assertTrue(
                    log.lines().toString().contains("message 250"), log.lines().toString());
        }
    }

    @Test
    void leavesOutBarsThatWereNotCompleteAtTheEnd() throws IOException {
        String bars = "17|1000000000|a|b|2|20120919|700.26|703.99|699.57|702.10|11674100.5|701.2|0"
                + "|20120920|699.16|700.06|693.62|698.70|12020300|697.1|0|";
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, script(opening("DU1234567"), BARS, List.of(bars)));
                BrokerSession session = connect(gateway, PATIENCE)) {
            var series = session.dailyBars(AAPL, Instant.parse("2012-09-20T13:00:00Z"), 1);
            assertEquals(1, series.size());
            assertEquals(11674100.5, series.last().volume());
        }
    }

    @Test
    void tellsTheTroublesOfHistoryApart() throws IOException {
        Map<String, Kind> troubles = Map.of(
                "HMDS query returned no data: NODATA@SMART Trades", Kind.NO_DATA,
                "Historical data request pacing violation", Kind.PACING,
                "No market data permissions for ISLAND STK", Kind.NO_PERMISSION,
                "Trading TWS session is connected from a different IP address", Kind.COMPETING_SESSION);
        for (Map.Entry<String, Kind> trouble : troubles.entrySet()) {
            String error = "4|2|1000000000|162|Historical Market Data Service error message:" + trouble.getKey() + "||";
            try (ScriptedGateway gateway =
                            new ScriptedGateway(HELLO, script(opening("DU1234567"), BARS, List.of(error)));
                    BrokerSession session = connect(gateway, PATIENCE)) {
                assertKind(trouble.getValue(), () -> session.dailyBars(AAPL, Instant.EPOCH, 1));
            }
        }
    }

    @Test
    void tellsBarsThatDoNotComeInTimeFromAGatewayThatIsDead() throws IOException {
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("DU1234567"));
                BrokerSession session = connect(gateway, SHORT)) {
            assertKind(Kind.TIMED_OUT, () -> session.dailyBars(AAPL, Instant.EPOCH, 1));
        }
        try (ScriptedGateway gateway = new ScriptedGateway(HELLO, opening("DU1234567"));
                BrokerSession session = connect(gateway, SHORT)) {
            gateway.fallSilent();
            assertKind(Kind.SILENT, () -> session.dailyBars(AAPL, Instant.EPOCH, 1));
            assertKind(Kind.SILENT, () -> session.place(ticket()));
        }
    }

    @Test
    void blamesTheLostServersForTheSilence() throws IOException {
        try (ScriptedGateway gateway = new ScriptedGateway(
                        HELLO, opening("DU1234567", "4|2|-1|1100|Connectivity between IBKR and TWS has been lost.||"));
                BrokerSession session = connect(gateway, SHORT)) {
            assertKind(Kind.SERVERS_LOST, () -> session.dailyBars(AAPL, Instant.EPOCH, 1));
            assertKind(Kind.SERVERS_LOST, () -> session.place(ticket()));
        }
    }

    @Test
    void sendsNothingToAGatewayThatSaidItIsReadOnly() throws IOException {
        String notice = "4|2|-1|321|Error validating request: The API interface is currently in Read-Only mode.||";
        try (ScriptedGateway gateway = new ScriptedGateway(
                        HELLO, script(opening("DU1234567", notice), PLACE_ORDER, List.of(status("Submitted"))));
                BrokerSession session = connect(gateway, PATIENCE)) {
            assertKind(Kind.READ_ONLY, () -> session.place(ticket()));
        }
    }

    @Test
    void knowsThatAWarnedOrderLives() throws IOException {
        assertPlaced(
                OrderState.WORKING,
                "4|2|1|399|Order Message: will not be placed at the exchange until 2012-09-20 09:30||",
                "4|2|1|10349|Order TIF was set to DAY based on order preset.||",
                status("PreSubmitted"));
        assertPlaced(OrderState.WORKING, "4|2|1|109|precaution||", status("Submitted"));
    }

    @Test
    void knowsThatARejectedOrderIsDead() throws IOException {
        assertPlaced(OrderState.REJECTED, "4|2|1|201|Order rejected - reason:margin||", status("Inactive"));
        assertPlaced(OrderState.REJECTED, "4|2|1|321|Error validating request: Read-Only mode.||");
        assertPlaced(OrderState.REJECTED, "4|2|1|201|Order rejected - reason:margin||", status("Cancelled"));
    }

    @Test
    void doesNotKnowTheFateOfAnOrderThatIsStillPendingOrHasADuplicateNumber() throws IOException {
        assertPlaced(OrderState.UNKNOWN, status("PendingSubmit"));
        assertPlaced(OrderState.UNKNOWN, "4|2|1|103|Duplicate order id||");
        assertPlaced(OrderState.UNKNOWN, "garbage");
    }

    private void assertPlaced(OrderState expected, String... answers) throws IOException {
        try (ScriptedGateway gateway =
                        new ScriptedGateway(HELLO, script(opening("DU1234567"), PLACE_ORDER, List.of(answers)));
                BrokerSession session = connect(gateway, SHORT)) {
            OrderSighting placed = session.place(ticket());
            assertEquals(expected, placed.state(), placed.toString());
        }
    }

    private static String status(String word) {
        return "3|1|" + word + "|0|10|0|3000000001|0|0|100||0|";
    }

    private static OrderTicket ticket() {
        return new OrderTicket(
                "DU1234567", AAPL, OrderTicket.Side.BUY, BigDecimal.TEN, new BigDecimal("690.00"), "sw1-test");
    }

    private static Map<Integer, List<String>> opening(String accounts, String... notices) {
        List<String> welcome = new ArrayList<>(List.of(notices));
        welcome.add("9|1|1|");
        welcome.addFirst("15|1|" + accounts + "|");
        return Map.of(START_API, welcome, CURRENT_TIME, List.of(TIME));
    }

    private static Map<Integer, List<String>> script(
            Map<Integer, List<String>> opening, int request, List<String> answers) {
        Map<Integer, List<String>> script = new HashMap<>(opening);
        script.put(request, answers);
        return script;
    }

    private BrokerSession connect(ScriptedGateway gateway, Duration patience) {
        TwsSettings settings = new TwsSettings("127.0.0.1", gateway.port(), 100, 1, patience, patience, patience);
        return new TwsBroker(settings, System::nanoTime, Sleeper.real(), new SplittableRandom(1), log)
                .connect(PATIENCE);
    }

    private static void assertKind(Kind kind, Runnable call) {
        BrokerException failure = assertThrows(BrokerException.class, call::run);
        assertEquals(kind, failure.kind(), failure.getMessage());
    }
}
