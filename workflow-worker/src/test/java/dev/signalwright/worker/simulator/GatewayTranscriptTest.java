package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the simulator says to requests of every kind, as readable lines. */
class GatewayTranscriptTest {
    private static final Contract AAPL = Contract.stock(265598, "AAPL", "SMART", "", "");
    private static final Contract SIMA = Contract.stock(0, "SIMA", "SMART", "", "");

    private static SimulatorOptions madeUp() {
        return new SimulatorOptions(
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                SimulatorOptions.DEFAULT_ACCOUNT,
                new BigDecimal("100000"),
                7,
                BigDecimal.ONE,
                SimulatorOptions.DEFAULT_SERVER_VERSION);
    }

    @Test
    void aSnapshotIsTheLastCompleteSessionWithDelayedNumbersWhenDelayedWasAskedFor() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear(new ClientMessage.ReqMarketDataType(3));
            assertEquals(
                    List.of(
                            "marketDataType reqId=8 marketDataType=3",
                            "tickReqParams reqId=8 minTick=0.01 bboExchange=9c0001 snapshotPermissions=3",
                            "tickPrice reqId=8 tickType=66 price=702.09 size=100",
                            "tickPrice reqId=8 tickType=67 price=702.11 size=100",
                            "tickPrice reqId=8 tickType=68 price=702.1 size=100",
                            "tickPrice reqId=8 tickType=72 price=703.99 size=0",
                            "tickPrice reqId=8 tickType=73 price=699.57 size=0",
                            "tickPrice reqId=8 tickType=75 price=702.1 size=0",
                            "tickPrice reqId=8 tickType=76 price=700.26 size=0",
                            "tickSize reqId=8 tickType=74 size=11674100",
                            "tickString reqId=8 tickType=88 value=1348084800",
                            "tickSnapshotEnd reqId=8"),
                    client.hear(new ClientMessage.ReqMktData(8, AAPL, "", "", true)));
            assertTrue(client.hear(new ClientMessage.ReqMktData(9, AAPL, "", "233", true))
                    .getFirst()
                    .startsWith("errMsg id=9 code=414"));
        }
    }

    @Test
    void everyRequestOfTheProtocolIsAnswered() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear();
            assertEquals(List.of("nextValidId orderId=1"), client.hear(new ClientMessage.ReqIds(1)));
            assertEquals(
                    List.of("managedAccounts accountsCsv=SIM0000001"),
                    client.hear(new ClientMessage.ReqManagedAccts()));
            assertEquals(
                    List.of("headTimestamp reqId=5 headTimestamp=20000301-14:30:00"),
                    client.hear(new ClientMessage.ReqHeadTimestamp(5, AAPL, "", true, "TRADES", 1)));
            assertEquals(
                    List.of("errMsg id=6 code=366 message=No historical data query found for ticker id: 6"),
                    client.hear(new ClientMessage.CancelHistoricalData(6)));
            assertEquals(List.of("openOrderEnd"), client.hear(new ClientMessage.ReqOpenOrders()));
            assertEquals(List.of("openOrderEnd"), client.hear(new ClientMessage.ReqAllOpenOrders()));
            assertEquals(List.of("completedOrdersEnd"), client.hear(new ClientMessage.ReqCompletedOrders(false)));
            assertEquals(
                    List.of("execDetailsEnd reqId=7"),
                    client.hear(new ClientMessage.ReqExecutions(7, 0, "", "", "", "")));
            assertEquals(List.of("positionEnd"), client.hear(new ClientMessage.ReqPositions()));
            assertEquals(
                    List.of(
                            "accountSummary reqId=8 account=SIM0000001 tag=NetLiquidation value=100000.00 currency=USD",
                            "accountSummaryEnd reqId=8"),
                    client.hear(new ClientMessage.ReqAccountSummary(8, "All", "NetLiquidation")));
            assertEquals(
                    "accountUpdateMultiEnd reqId=9",
                    client.hear(new ClientMessage.ReqAccountUpdatesMulti(9, "SIM0000001", "", false))
                            .getLast());
            assertEquals(
                    "accountDownloadEnd accountName=SIM0000001",
                    client.hear(new ClientMessage.ReqAccountUpdates(true, "SIM0000001"))
                            .getLast());
            assertEquals(List.of(), client.hear(new ClientMessage.ReqGlobalCancel()));
            List<String> whatIf = client.hear(whatIf());
            assertEquals(1, whatIf.size(), whatIf.toString());
            assertTrue(whatIf.getFirst().contains("whatIf=1"), whatIf.toString());
            assertEquals(List.of("openOrderEnd"), client.hear(new ClientMessage.ReqAllOpenOrders()));
        }
    }

    private static ClientMessage whatIf() {
        ClientMessage.PlaceOrder order = Terminal.order(1, "BUY", 10, "LMT", "600.00");
        return new ClientMessage.PlaceOrder(
                order.orderId(), order.contract(), order.primaryExch(), order.terms(), true, 0, true);
    }

    @Test
    void weeksAreWholeAndCarryTheirLastSession() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            List<HistoricalBar> weeks = bars(client, AAPL, "1 week", "3 W", 1);
            // Monday 3 September was Labor Day; the week of the 17th was not over on the 20th.
            assertEquals(
                    List.of("20120831", "20120907", "20120914"),
                    weeks.stream().map(HistoricalBar::date).toList());
            assertEquals(691.28, weeks.getLast().close());
        }
    }

    @Test
    void barsWithinADayAreMadeUpOnlyWhereTheDaysAre() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear();
            assertTrue(client.hear(history(AAPL, "1 hour", "1 D", 1)).getFirst().startsWith("errMsg id=5 code=162"));
        }
        try (Desk desk = new Desk(madeUp());
                Terminal client = new Terminal(desk, 1)) {
            List<HistoricalBar> days = bars(client, SIMA, "1 day", "1 M", 2);
            List<HistoricalBar> halfHours = bars(client, SIMA, "30 mins", "1 M", 2);
            assertEquals(days.getLast().close(), halfHours.getLast().close());
            assertEquals(days.getFirst().open(), halfHours.getFirst().open());
            double highest =
                    days.stream().mapToDouble(HistoricalBar::high).max().orElseThrow();
            assertEquals(
                    highest,
                    halfHours.stream().mapToDouble(HistoricalBar::high).max().orElseThrow(),
                    1e-9);
            assertTrue(Long.parseLong(halfHours.getFirst().date()) > 1_700_000_000L, "formatDate 2 is epoch seconds");
            String text = bars(client, SIMA, "1 hour", "1 W", 1).getFirst().date();
            assertTrue(text.endsWith("09:30:00 US/Eastern"), text);
        }
    }

    @Test
    void saysTooFastBeyondFiftyMessagesASecondAndHangsUpAtTheThirdTime() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear();
            for (int n = 0; n < 200; n++) {
                client.say(new ClientMessage.CancelMktData(n));
            }
            int warnings = 0;
            for (Optional<ServerMessage> message = client.next(); message.isPresent(); message = client.next()) {
                assertEquals(
                        100,
                        assertInstanceOf(ServerMessage.ErrMsg.class, message.get())
                                .code());
                warnings++;
            }
            assertEquals(3, warnings);
        }
    }

    private static ClientMessage history(Contract contract, String size, String duration, int formatDate) {
        return new ClientMessage.ReqHistoricalData(
                5, contract, "", "", size, duration, true, "TRADES", formatDate, false);
    }

    private static List<HistoricalBar> bars(
            Terminal client, Contract contract, String size, String duration, int formatDate) throws IOException {
        client.say(history(contract, size, duration, formatDate));
        return ((ServerMessage.HistoricalData) client.until(message -> message instanceof ServerMessage.HistoricalData))
                .bars();
    }
}
