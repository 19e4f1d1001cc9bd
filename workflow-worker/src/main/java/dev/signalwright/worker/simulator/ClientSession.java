package dev.signalwright.worker.simulator;

import dev.signalwright.worker.simulator.desk.GatewayTimes;
import dev.signalwright.worker.simulator.fault.Deed;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.ClientMessage.StartApi;
import dev.signalwright.worker.tws.message.MessageCodec;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.wire.FieldType;
import dev.signalwright.worker.tws.wire.FieldWriter;
import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import dev.signalwright.worker.tws.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client's connection: greeting, then requests and answers until it leaves. */
final class ClientSession implements AutoCloseable {
    /** So many warnings of error 100, and the connection is over. */
    static final int MOST_RATE_VIOLATIONS = 3;

    static final ErrMsg TOO_FAST = new ErrMsg(-1, 100, "Max rate of messages per second has been exceeded.");
    static final ErrMsg CLIENT_ID_IN_USE =
            new ErrMsg(-1, 326, "Unable to connect as the client id is already in use. Retry with a unique client id.");

    private static final int MOST_MESSAGES_A_SECOND = 50;
    private static final int UNKNOWN_MESSAGE = 9999;
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final int LAST_WORDS_MILLIS = 1_000;
    private static final int MOST_UNREAD_BYTES = 1 << 20;
    private static final byte[] PREFIX = "API\0".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern RANGE = Pattern.compile("v(\\d{1,4})(?:\\.\\.(\\d{1,4}))?(?: .*)?");

    private final Socket socket;
    private final SimulatedGateway gateway;
    private final MessageCodec<ClientMessage> requests = MessageCodec.requests();
    private final MessageCodec<ServerMessage> answers = MessageCodec.answers();
    private final FrameWriter writer;
    private final Set<Integer> waiting = new HashSet<>();
    private final Deque<Instant> recent = new ArrayDeque<>();
    private int version;
    private int clientId = -1;
    private int marketDataType = 1;
    private int rateViolations;

    ClientSession(Socket socket, SimulatedGateway gateway) throws IOException {
        this.socket = socket;
        this.gateway = gateway;
        this.writer = new FrameWriter(socket.getOutputStream());
    }

    int clientId() {
        return clientId;
    }

    void serve() throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        InputStream in = socket.getInputStream();
        FrameReader reader = new FrameReader(in);
        if (!greeted(in, reader) || !started(reader)) {
            lingerFor(in);
            return;
        }
        socket.setSoTimeout(0);
        for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
            if (!inTime() || !take(frame.get())) {
                lingerFor(in);
                return;
            }
        }
    }

    /**
     * Leaves the client a moment to read the last words. Closing with unread bytes would reset the connection and destroy
     * them on their way, and some clients read nothing any more once the end has come.
     */
    private void lingerFor(InputStream in) throws IOException {
        socket.setSoTimeout(LAST_WORDS_MILLIS);
        try {
            in.skipNBytes(MOST_UNREAD_BYTES);
        } catch (EOFException | SocketTimeoutException e) {
            gateway.log().line(who(), "is cut off");
        }
    }

    private boolean greeted(InputStream in, FrameReader reader) throws IOException {
        if (!Arrays.equals(in.readNBytes(PREFIX.length), PREFIX)) {
            gateway.log().line("client ?", "does not begin with API; closed");
            return false;
        }
        String range = reader.next()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .orElse("");
        Matcher found = RANGE.matcher(range);
        if (!found.matches()) {
            gateway.log().line("client ?", "offers no version range; closed");
            return false;
        }
        int lowest = Integer.parseInt(found.group(1));
        int highest = found.group(2) == null ? lowest : Integer.parseInt(found.group(2));
        version = Math.min(highest, gateway.serverVersion());
        if (version < MessageCodec.MIN_VERSION || highest < lowest) {
            gateway.log().line("client ?", "speaks " + range + " only; closed");
            return false;
        }
        // A client that wants a newer server than this one reads the version and leaves by itself.
        writer.write(new FieldWriter()
                .write("server version", FieldType.INT, Integer.toString(version))
                .write(
                        "connection time",
                        FieldType.TEXT,
                        GatewayTimes.write(gateway.book().now()))
                .payload());
        return true;
    }

    /** A gateway says nothing before startApi. */
    private boolean started(FrameReader reader) throws IOException {
        for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
            if (requests.decode(frame.get(), version).message() instanceof StartApi start) {
                clientId = start.clientId();
                gateway.log().line(who() + "->", requests.describe(frame.get(), version));
                if (!gateway.admit(this)) {
                    send(List.of(CLIENT_ID_IN_USE));
                    return false;
                }
                return carryOut(start);
            }
        }
        return false;
    }

    private Dialect dialect() {
        return new Dialect(version);
    }

    private String who() {
        return "client " + clientId + " ";
    }

    /** Beyond 50 messages in a second error 100, at the third time the end. */
    private boolean inTime() throws IOException {
        Instant now = gateway.clock().instant();
        recent.addLast(now);
        while (recent.getFirst().isBefore(now.minusSeconds(1))) {
            recent.removeFirst();
        }
        if (recent.size() <= MOST_MESSAGES_A_SECOND) {
            return true;
        }
        recent.clear();
        rateViolations++;
        send(List.of(TOO_FAST));
        return rateViolations < MOST_RATE_VIOLATIONS;
    }

    private boolean take(byte[] frame) throws IOException {
        ClientMessage request;
        try {
            gateway.log().line(who() + "->", requests.describe(frame, version));
            MessageCodec.Decoded<ClientMessage> decoded = requests.decode(frame, version);
            if (!decoded.surplus().isEmpty()) {
                gateway.log().line(who() + "!!", "surplus fields " + decoded.surplus());
            }
            request = decoded.message();
        } catch (WireException e) {
            gateway.log().line(who() + "!!", String.valueOf(e.getMessage()));
            send(List.of(new ErrMsg(-1, 320, "Server error when reading an API client request. " + e.getMessage())));
            return true;
        }
        return carryOut(request);
    }

    /** Whether the connection goes on. */
    private boolean carryOut(ClientMessage request) throws IOException {
        List<Deed> deeds = gateway.faults().striking(MessageCodec.nameOf((Record) request), Asked.symbolOf(request));
        Mishaps mishaps = Mishaps.of(deeds, Asked.idOf(request));
        deeds.forEach(deed -> gateway.log().line(who() + "##", "fault " + deed));
        if (mishaps.restart().isPresent()) {
            gateway.restart(mishaps.restart().get());
            return false;
        }
        List<ServerMessage> reply = List.of();
        if (mishaps.carriedOut()) {
            gateway.catchUp();
            if (request instanceof StartApi && mishaps.idsBackBy() > 0) {
                gateway.book().rollBackIds(clientId, mishaps.idsBackBy());
            }
            if (request instanceof ClientMessage.ReqMarketDataType type) {
                marketDataType = type.marketDataType();
            }
            reply = gateway.switchboard().answer(clientId, marketDataType, request);
        }
        if (request instanceof ClientMessage.CancelHistoricalData cancel && waiting.remove(cancel.reqId())) {
            reply = List.of(new ErrMsg(
                    cancel.reqId(),
                    162,
                    "Historical Market Data Service error message:API historical data query cancelled: "
                            + cancel.reqId()));
        }
        if (request instanceof ClientMessage.ReqHistoricalData bars && mishaps.leavesUnanswered()) {
            waiting.add(bars.reqId());
        }
        pause(mishaps.late());
        answer(mishaps, mishaps.applied(reply));
        return !mishaps.ends();
    }

    private void pause(Duration time) throws IOException {
        try {
            gateway.sleeper().sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("told to stop", e);
        }
    }

    private void answer(Mishaps mishaps, List<ServerMessage> messages) throws IOException {
        if (mishaps.unknownFirst()) {
            sendUnknown();
        }
        if (mishaps.cutAt().isPresent()) {
            byte[] bytes = frames(messages);
            write(bytes, Math.min(bytes.length, mishaps.cutAt().get()));
        } else if (mishaps.dribbled()) {
            dribble(frames(messages));
        } else {
            send(messages);
        }
    }

    synchronized void send(List<ServerMessage> messages) throws IOException {
        for (ServerMessage message : messages) {
            ServerMessage said = dialect().of(message);
            byte[] payload = answers.encode(said, version);
            gateway.log().line(who() + "<-", answers.describe(said));
            writer.write(payload);
        }
    }

    private synchronized void sendUnknown() throws IOException {
        gateway.log().line(who() + "<-", "message " + UNKNOWN_MESSAGE);
        writer.write(new FieldWriter()
                .write("message id", FieldType.INT, Integer.toString(UNKNOWN_MESSAGE))
                .write("text", FieldType.TEXT, "nobody knows this")
                .payload());
    }

    private byte[] frames(List<ServerMessage> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ServerMessage message : messages) {
            bytes.writeBytes(FrameWriter.frame(answers.encode(dialect().of(message), version)));
        }
        return bytes.toByteArray();
    }

    private synchronized void write(byte[] bytes, int length) throws IOException {
        gateway.log().line(who() + "<-", length + " of the answer's " + bytes.length + " bytes, then the end");
        socket.getOutputStream().write(bytes, 0, length);
        socket.getOutputStream().flush();
    }

    private synchronized void dribble(byte[] bytes) throws IOException {
        gateway.log().line(who() + "<-", bytes.length + " bytes, one by one");
        for (byte one : bytes) {
            socket.getOutputStream().write(one);
            socket.getOutputStream().flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
