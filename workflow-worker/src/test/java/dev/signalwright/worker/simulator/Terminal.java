package dev.signalwright.worker.simulator;

import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.MessageCodec;
import dev.signalwright.worker.tws.message.OrderTerms;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.wire.FieldReader;
import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A client that says exactly what the test says, and keeps what it heard as one readable line per message. */
final class Terminal implements AutoCloseable {
    private final int version;
    private final Socket socket;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final MessageCodec<ClientMessage> requests = MessageCodec.requests();
    private final MessageCodec<ServerMessage> answers = MessageCodec.answers();
    private final List<String> heard = new ArrayList<>();

    Terminal(Desk desk, int clientId) throws IOException {
        this(desk, clientId, MessageCodec.MAX_VERSION);
    }

    /** @param newest that the client offers; the gateway may know only older ones */
    Terminal(Desk desk, int clientId, int newest) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), desk.gateway.port());
        socket.setSoTimeout(Math.toIntExact(Desk.PATIENCE.toMillis()));
        reader = new FrameReader(socket.getInputStream());
        writer = new FrameWriter(socket.getOutputStream());
        socket.getOutputStream().write("API\0".getBytes(StandardCharsets.US_ASCII));
        writer.write(("v157.." + newest).getBytes(StandardCharsets.US_ASCII));
        version = new FieldReader(reader.next().orElseThrow()).readNumber("server version");
        say(new ClientMessage.StartApi(clientId, ""));
    }

    int version() {
        return version;
    }

    void say(ClientMessage request) throws IOException {
        writer.write(requests.encode(request, version));
    }

    /** The next message; empty when the gateway hung up. */
    Optional<ServerMessage> next() throws IOException {
        Optional<ServerMessage> message =
                reader.next().map(frame -> answers.decode(frame, version).message());
        message.ifPresent(one -> heard.add(answers.describe(one)));
        return message;
    }

    /** Listens up to and with the first message that fits, and returns it. */
    ServerMessage until(Predicate<ServerMessage> fits) throws IOException {
        while (true) {
            ServerMessage message = next().orElseThrow(() -> new IOException("hung up; heard " + heard));
            if (fits.test(message)) {
                return message;
            }
        }
    }

    /** Says the request and listens up to the clock's answer, which stands behind everything said before. */
    List<String> hear(ClientMessage... said) throws IOException {
        heard.clear();
        for (ClientMessage request : said) {
            say(request);
        }
        say(new ClientMessage.ReqCurrentTime());
        until(message -> message instanceof ServerMessage.CurrentTime);
        return heard.subList(0, heard.size() - 1);
    }

    /** What arrives until the clock's answer, in short: orders by id with status and fills. */
    List<String> orderNews(ClientMessage... said) throws IOException {
        return hear(said).stream()
                .filter(line -> !line.startsWith("openOrder "))
                .map(Terminal::brief)
                .toList();
    }

    private static String brief(String line) {
        return line.replaceAll(
                " (permId|clientId|conId|secType|exchange|currency|localSymbol|tradingClass|acctNumber"
                        + "|execExchange|time|mktCapPrice|execId|lastLiquidity|reqId|symbol|yield)=[^ ]*( [0-9:]+ US/Eastern)?",
                "");
    }

    static ClientMessage.PlaceOrder order(int id, String action, int quantity, String type, String price) {
        return order(id, action, quantity, type, price, true, 0, "GTC");
    }

    static ClientMessage.PlaceOrder order(
            int id, String action, int quantity, String type, String price, boolean transmit, int parent, String tif) {
        Optional<BigDecimal> number =
                Optional.of(price).filter(text -> !text.isEmpty()).map(BigDecimal::new);
        OrderTerms terms = new OrderTerms(
                action,
                BigDecimal.valueOf(quantity),
                type,
                type.equals("LMT") ? number : Optional.empty(),
                type.equals("STP") ? number : Optional.empty(),
                tif,
                "",
                SimulatorOptions.DEFAULT_ACCOUNT,
                "ref-" + id,
                false);
        return new ClientMessage.PlaceOrder(
                id, Contract.stock(265598, "AAPL", "SMART", "", ""), "NASDAQ", terms, transmit, parent, false);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
