package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.MessageCodec;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import dev.signalwright.worker.tws.wire.WireException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One socket to a gateway: messages out, messages in, nothing waits longer than its deadline. Messages without a table
 * are counted and skipped.
 */
final class GatewayLink implements AutoCloseable {
    private static final int MILLIS_TO_READ_AT_LEAST = 1;
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_MAJOR = 3;

    private final MessageCodec<ClientMessage> requests = MessageCodec.requests();
    private final MessageCodec<ServerMessage> answers = MessageCodec.answers();
    private final Socket socket;
    private final String address;
    private final Duration longestHold;
    private final Governor governor;
    private final TaskLog log;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final Map<Integer, Integer> unknownById = new HashMap<>();
    private @Nullable Deadline deadline;
    private int serverVersion = MessageCodec.MAX_VERSION;

    static GatewayLink open(TwsSettings settings, Deadline deadline, Governor governor, TaskLog log) {
        String address = settings.host() + ":" + settings.port();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), millis(deadline));
            return new GatewayLink(socket, address, settings.answer(), governor, log);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new BrokerException(
                    Kind.UNREACHABLE,
                    "No gateway answers at " + address + " (" + e.getMessage()
                            + "). Start IB Gateway or TWS, log in, and enable its API; or correct IBKR_HOST and IBKR_PORT. Usual"
                            + " ports: IB Gateway 4002 paper and 4001 live, TWS 7497 paper and 7496 live.");
        }
    }

    private GatewayLink(Socket socket, String address, Duration longestHold, Governor governor, TaskLog log)
            throws IOException {
        this.socket = socket;
        this.address = address;
        this.longestHold = longestHold;
        this.governor = governor;
        this.log = log;
        this.reader = new FrameReader(new DeadlineStream(socket.getInputStream()));
        this.writer = new FrameWriter(socket.getOutputStream());
    }

    String address() {
        return address;
    }

    int serverVersion() {
        return serverVersion;
    }

    void agreeOn(int version) {
        this.serverVersion = version;
    }

    /** Bytes as they are, for the handshake. */
    void sendRaw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw disconnected(e);
        }
    }

    void send(ClientMessage message) {
        try {
            sendOrFail(message);
        } catch (IOException e) {
            throw disconnected(e);
        }
    }

    /**
     * Sends with one write call.
     *
     * @throws IOException the message may have left or not
     * @throws BrokerException nothing was sent
     */
    void sendOrFail(ClientMessage message) throws IOException {
        byte[] payload;
        try {
            payload = requests.encode(message, serverVersion);
            governor.message(isOrder(message), longestHold);
        } catch (WireException e) {
            throw new BrokerException(Kind.REFUSED, "The message was not sent. " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(Kind.DISCONNECTED, "The task was told to stop; the message was not sent.");
        }
        writer.write(payload);
    }

    /** For these a part of the allowance is kept free. */
    private static boolean isOrder(ClientMessage message) {
        return message instanceof ClientMessage.PlaceOrder
                || message instanceof ClientMessage.CancelOrder
                || message instanceof ClientMessage.ReqGlobalCancel;
    }

    /**
     * The next message that has a table.
     *
     * @throws BrokerException {@code SILENT} at the deadline, {@code DISCONNECTED}, {@code GARBLED}
     */
    ServerMessage next(Deadline until) {
        while (true) {
            byte[] frame = nextFrame(until);
            MessageCodec.Decoded<ServerMessage> decoded;
            try {
                decoded = answers.decode(frame, serverVersion);
            } catch (WireException e) {
                throw garbled(e.getMessage());
            }
            if (decoded.message() instanceof ServerMessage.UnknownAnswer unknown) {
                int seen = unknownById.merge(unknown.id(), 1, Integer::sum);
                log.debug("The gateway at " + address + " sent message " + unknown.id() + ", which is not known here ("
                        + seen + " so far).");
                continue;
            }
            if (!decoded.surplus().isEmpty()) {
                log.debug("The gateway appended " + decoded.surplus().size() + " unknown fields to "
                        + decoded.message().getClass().getSimpleName() + ".");
            }
            return decoded.message();
        }
    }

    byte[] nextFrame(Deadline until) {
        deadline = until;
        try {
            return reader.next()
                    .orElseThrow(() -> new BrokerException(
                            Kind.DISCONNECTED, "The gateway at " + address + " closed the connection."));
        } catch (SocketTimeoutException e) {
            throw new BrokerException(
                    Kind.SILENT,
                    "The gateway at " + address + " accepted the connection but does not answer. Look whether it is"
                            + " logged in, shows a question, or refuses this computer (trusted addresses).");
        } catch (IOException e) {
            throw disconnected(e);
        } catch (WireException e) {
            throw foreign(reader.header()).orElseGet(() -> garbled(e.getMessage()));
        }
    }

    /** What is told by the first four bytes of another kind of server, which are no length of a frame. */
    private Optional<BrokerException> foreign(byte[] header) {
        String text = new String(header, StandardCharsets.ISO_8859_1);
        String server;
        if (text.equals("HTTP")) {
            server = "a web server (HTTP)";
        } else if (header[0] == TLS_ALERT && header[1] == TLS_MAJOR) {
            server = "a server that wants encryption (TLS), such as the Client Portal Gateway";
        } else if (text.equals("SSH-")) {
            server = "an SSH server";
        } else {
            return Optional.empty();
        }
        return Optional.of(new BrokerException(
                Kind.WRONG_SERVER,
                "At " + address + " answers " + server + ", not the API of IB Gateway or TWS. Set IBKR_PORT to the"
                        + " socket port named in its settings, under API."));
    }

    /** The gateway closed the connection before it said anything. */
    BrokerException hungUp() {
        return new BrokerException(
                Kind.NOT_TRUSTED,
                "The gateway at " + address + " closes the connection right after the greeting. Most often it does not"
                        + " trust this computer: in its settings, under API, add this computer's address to the"
                        + " trusted ones, or clear \"Allow connections from localhost only\". A gateway that is just"
                        + " starting does the same.");
    }

    BrokerException garbled(@Nullable String why) {
        return new BrokerException(
                Kind.GARBLED, "What answers at " + address + " does not speak the TWS protocol as expected. " + why);
    }

    private BrokerException disconnected(IOException e) {
        return new BrokerException(
                Kind.DISCONNECTED, "The connection to the gateway at " + address + " broke: " + e.getMessage());
    }

    /** Number of skipped messages by message id. */
    Map<Integer, Integer> unknownById() {
        return Map.copyOf(unknownById);
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closing is all that was wanted; a socket that fails to close is gone as well.
            return;
        }
    }

    private static int millis(Deadline deadline) {
        return Math.toIntExact(Math.max(MILLIS_TO_READ_AT_LEAST, deadline.left().toMillis()));
    }

    /** Asks the deadline before every single read, so that a dribbling gateway cannot stretch it. */
    private final class DeadlineStream extends FilterInputStream {
        DeadlineStream(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Deadline until = deadline;
            if (until == null || until.reached()) {
                throw new SocketTimeoutException("the deadline is reached");
            }
            socket.setSoTimeout(millis(until));
            return super.read(into, offset, length);
        }
    }
}
