package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.MessageCodec;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.wire.FieldReader;
import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first words of a connection, and what an older version changes in the later ones. */
class HandshakeTest {
    private static final Contract AAPL = Contract.stock(265598, "AAPL", "SMART", "", "");

    private static Desk speaking(int serverVersion) throws IOException {
        SimulatorOptions usual = SimulatorOptions.history(Desk.BARS, Desk.MORNING, Optional.empty());
        return new Desk(new SimulatorOptions(
                usual.bars(),
                usual.clock(),
                0,
                0,
                Optional.empty(),
                usual.account(),
                usual.cash(),
                1,
                usual.participation(),
                serverVersion));
    }

    private static byte[] greeting(String range) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("API\0".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(FrameWriter.frame(range.getBytes(StandardCharsets.US_ASCII)));
        return bytes.toByteArray();
    }

    @Test
    void takesTheGreetingInPiecesOfOneByteAndSaysNothingBeforeStartApi() throws IOException {
        try (Desk desk = Desk.onHistory();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.gateway.port())) {
            socket.setTcpNoDelay(true);
            for (byte one : greeting("v100..193 +PACEAPI")) {
                socket.getOutputStream().write(one);
                socket.getOutputStream().flush();
            }
            socket.setSoTimeout((int) Desk.PATIENCE.toMillis());
            FrameReader reader = new FrameReader(socket.getInputStream());
            FieldReader answer = new FieldReader(reader.next().orElseThrow());
            assertEquals(178, answer.readNumber("server version"));
            assertEquals(List.of("20120920 09:00:00 US/Eastern"), answer.rest());

            FrameWriter writer = new FrameWriter(socket.getOutputStream());
            writer.write(MessageCodec.requests().encode(new ClientMessage.ReqCurrentTime(), 178));
            socket.setSoTimeout(200);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            socket.setSoTimeout((int) Desk.PATIENCE.toMillis());
            writer.write(MessageCodec.requests().encode(new ClientMessage.StartApi(3, ""), 178));
            List<String> heard = new ArrayList<>();
            for (int message = 0; message < 6; message++) {
                heard.add(MessageCodec.answers().describe(reader.next().orElseThrow(), 178));
            }
            assertEquals("managedAccounts accountsCsv=SIM0000001", heard.getFirst());
            assertEquals("nextValidId orderId=1", heard.get(1));
            assertTrue(heard.get(2).contains("code=2104") && heard.get(4).contains("code=2158"), heard.toString());
            assertTrue(heard.getLast().contains("signalwright-simulator bars=history"), heard.toString());
        }
    }

    @Test
    void eachConnectionHasTheVersionOfItsClientOrTheConfiguredOne() throws IOException {
        try (Desk desk = speaking(176);
                Terminal older = new Terminal(desk, 1, 165);
                Terminal newer = new Terminal(desk, 2, 200)) {
            assertEquals(165, older.version());
            assertEquals(176, newer.version());
            for (Terminal client : List.of(older, newer)) {
                assertTrue(client.hear(new ClientMessage.ReqPositions()).contains("positionEnd"));
            }
        }
    }

    @Test
    void hangsUpOnAClientThatKnowsOnlyVersionsBeforeItsFirst() throws IOException {
        try (Desk desk = Desk.onHistory();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.gateway.port())) {
            socket.setSoTimeout((int) Desk.PATIENCE.toMillis());
            socket.getOutputStream().write(greeting("v100..156"));
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    static IntStream versions() {
        return IntStream.rangeClosed(MessageCodec.MIN_VERSION, MessageCodec.MAX_VERSION);
    }

    /** The client decodes with tables of that version, so a field too many or too few would show. */
    @ParameterizedTest
    @MethodSource("versions")
    void speaksEveryVersion(int version) throws IOException {
        try (Desk desk = speaking(version);
                Terminal client = new Terminal(desk, 1)) {
            assertEquals(version, client.version());
            client.hear(Terminal.order(1, "BUY", 10, "LMT", "699.50"), Terminal.order(2, "BUY", 10, "LMT", "600"));
            desk.command("next-session");
            List<String> heard = client.hear(
                    new ClientMessage.ReqContractDetails(11, AAPL, ""),
                    new ClientMessage.ReqExecutions(12, 0, "", "", "", ""),
                    new ClientMessage.ReqCompletedOrders(false),
                    new ClientMessage.ReqAllOpenOrders(),
                    new ClientMessage.CancelOrder(2),
                    new ClientMessage.ReqPositions());
            for (String wanted : List.of(
                    "contractDetailsEnd",
                    "execDetails ",
                    "execDetailsEnd",
                    "completedOrder ",
                    "completedOrdersEnd",
                    "openOrder ",
                    "openOrderEnd",
                    "position ",
                    "positionEnd",
                    "code=202")) {
                assertTrue(heard.stream().anyMatch(line -> line.contains(wanted)), wanted + " in " + heard);
            }
        }
    }

    @Test
    void before174TimesHaveNoZoneAndBefore175VolumesAreInHundreds() throws IOException {
        ClientMessage.ReqHistoricalData oneDay = new ClientMessage.ReqHistoricalData(
                5, AAPL, "", "20120920-13:00:00", "1 day", "2 D", true, "TRADES", 1, false);
        try (Desk desk = Desk.onHistory();
                Terminal old = new Terminal(desk, 1, 173);
                Terminal middle = new Terminal(desk, 2, 174);
                Terminal today = new Terminal(desk, 3)) {
            assertEquals("20120920  09:00:00", bars(old, oneDay).endDate());
            assertEquals("20120920 09:00:00 US/Eastern", bars(middle, oneDay).endDate());
            ServerMessage.HistoricalBar hundreds =
                    bars(old, yesterday(oneDay)).bars().getLast();
            assertEquals(0, new BigDecimal("116741").compareTo(hundreds.volume()));
            ServerMessage.HistoricalBar shares =
                    bars(today, yesterday(oneDay)).bars().getLast();
            assertEquals(0, new BigDecimal("11674100").compareTo(shares.volume()));
        }
    }

    private static ClientMessage.ReqHistoricalData yesterday(ClientMessage.ReqHistoricalData request) {
        return new ClientMessage.ReqHistoricalData(
                6, request.contract(), "", "", "1 day", "2 D", true, "TRADES", 1, false);
    }

    private static ServerMessage.HistoricalData bars(Terminal client, ClientMessage.ReqHistoricalData request)
            throws IOException {
        client.say(request);
        return (ServerMessage.HistoricalData) client.until(message -> message instanceof ServerMessage.HistoricalData);
    }

    @Test
    void aBarRequestThatWasNotAnsweredCanBeCancelled() throws IOException {
        ClientMessage.ReqHistoricalData request =
                new ClientMessage.ReqHistoricalData(5, AAPL, "", "", "1 day", "1 Y", true, "TRADES", 1, false);
        try (Desk desk = Desk.withFaults("{\"do\":\"ignore\",\"on\":\"reqHistoricalData\"}");
                Terminal client = new Terminal(desk, 1)) {
            client.hear();
            assertEquals(
                    List.of("errMsg id=5 code=162 message=Historical Market Data Service error message:API historical"
                            + " data query cancelled: 5"),
                    client.hear(request, new ClientMessage.CancelHistoricalData(5)));
            assertTrue(client.hear(new ClientMessage.CancelHistoricalData(5))
                    .getFirst()
                    .contains("code=366"));
        }
    }
}
