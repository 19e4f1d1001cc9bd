package dev.signalwright.worker.simulator;

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
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client's connection: greeting, then requests and answers until it leaves. */
final class ClientSession implements AutoCloseable {
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final byte[] PREFIX = "API\0".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern RANGE = Pattern.compile("v(\\d{1,4})(?:\\.\\.(\\d{1,4}))?(?: .*)?");

    private final Socket socket;
    private final SimulatedGateway gateway;
    private final MessageCodec<ClientMessage> requests = MessageCodec.requests();
    private final MessageCodec<ServerMessage> answers = MessageCodec.answers();
    private final FrameWriter writer;
    private int version;
    private int clientId = -1;

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
            return;
        }
        socket.setSoTimeout(0);
        for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
            if (!take(frame.get())) {
                return;
            }
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
        version = Math.min(highest, MessageCodec.MAX_VERSION);
        if (version < lowest || version < MessageCodec.MIN_VERSION) {
            gateway.log().line("client ?", "speaks " + range + " only; closed");
            return false;
        }
        writer.write(new FieldWriter()
                .write("server version", FieldType.INT, Integer.toString(version))
                .write("connection time", FieldType.TEXT, GatewayTimes.write(gateway.book().now()))
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
                    send(List.of(new ErrMsg(
                            -1,
                            326,
                            "Unable to connect as the client id is already in use. Retry with a unique client id.")));
                    return false;
                }
                return carryOut(start);
            }
        }
        return false;
    }

    private String who() {
        return "client " + clientId + " ";
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
        FaultPlan.Action fault = gateway.faults().on(request);
        if (fault == FaultPlan.Action.IGNORE) {
            return true;
        }
        if (fault == FaultPlan.Action.CUT_BEFORE) {
            return false;
        }
        gateway.catchUp();
        List<ServerMessage> reply = gateway.switchboard().answer(clientId, request);
        switch (fault) {
            case ANSWER -> send(reply);
            case CUT_ANSWER -> sendHalf(reply);
            default -> {}
        }
        return fault != FaultPlan.Action.CUT_ANSWER;
    }

    synchronized void send(List<ServerMessage> messages) throws IOException {
        for (ServerMessage message : messages) {
            byte[] payload = answers.encode(message, version);
            gateway.log().line(who() + "<-", answers.describe(payload, version));
            writer.write(payload);
        }
    }

    private synchronized void sendHalf(List<ServerMessage> messages) throws IOException {
        if (!messages.isEmpty()) {
            byte[] frame = FrameWriter.frame(answers.encode(messages.getFirst(), version));
            socket.getOutputStream().write(frame, 0, frame.length / 2);
            socket.getOutputStream().flush();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
