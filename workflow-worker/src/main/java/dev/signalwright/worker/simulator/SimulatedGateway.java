package dev.signalwright.worker.simulator;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.tws.wire.WireException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A running simulator: two sockets on loopback, one for clients of the TWS protocol and one for commands. Thread-safe.
 */
public final class SimulatedGateway implements AutoCloseable {
    private static final int MOST_CLIENTS = 32;

    private final ServerSocket door;
    private final ControlPort control;
    private final Book book;
    private final Switchboard switchboard;
    private final FaultPlan faults;
    private final MessageLog log;
    private final Map<Integer, ClientSession> sessions = new ConcurrentHashMap<>();
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();

    /**
     * Binds both ports and begins to serve.
     *
     * @param clock the machine's clock, for the log and for made-up series
     * @param out gets one line per message
     * @throws IOException a port is taken, or the bars or the state cannot be read
     */
    public static SimulatedGateway start(SimulatorOptions options, FaultPlan faults, Clock clock, PrintStream out)
            throws IOException {
        SimulatedGateway gateway = new SimulatedGateway(options, faults, clock, out);
        Thread.ofVirtual().name("simulator-door").start(gateway::acceptAll);
        gateway.control.start();
        return gateway;
    }

    private SimulatedGateway(SimulatorOptions options, FaultPlan faults, Clock clock, PrintStream out)
            throws IOException {
        SessionCalendar calendar = new SessionCalendar();
        Prices prices = options.bars().isPresent()
                ? HistoryPrices.read(options.bars().get(), Split.bundled())
                : new SyntheticPrices(options.seed(), calendar);
        SimulatedClock simulated = new SimulatedClock(options.clock(), clock);
        BookState fresh = BookState.fresh(
                options.account(), prices.kind(), simulated.start().toString(), options.cash());
        this.book = new Book(prices, simulated, calendar, new StateFile(options.stateDir()), fresh);
        this.switchboard = new Switchboard(prices, book, calendar);
        this.faults = faults;
        this.log = new MessageLog(out, clock);
        this.door = new ServerSocket(options.port(), MOST_CLIENTS, InetAddress.getLoopbackAddress());
        try {
            this.control = new ControlPort(options.controlPort(), this, simulated.standsStill());
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    public int controlPort() {
        return control.port();
    }

    private void acceptAll() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                connected.add(socket);
                Thread.ofVirtual().name("simulator-client").start(() -> serve(socket));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    log.line("door", "could not accept a client: " + e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        FaultPlan.Action fault = faults.onConnect();
        if (fault == FaultPlan.Action.IGNORE) {
            return;
        }
        try (socket) {
            ClientSession session = new ClientSession(socket, this);
            try {
                if (fault == FaultPlan.Action.ANSWER) {
                    session.serve();
                }
            } finally {
                sessions.remove(session.clientId(), session);
                log.line("client " + session.clientId(), "left");
            }
        } catch (IOException | WireException e) {
            log.line("client", "lost: " + e.getMessage());
        } finally {
            connected.remove(socket);
        }
    }

    /** Whether the client id was free; it is taken from now on. */
    boolean admit(ClientSession session) {
        return sessions.putIfAbsent(session.clientId(), session) == null;
    }

    void catchUp() {
        tell(book.catchUp());
    }

    /** Tells the owners, as far as they are connected. */
    void tell(List<BookEvent> events) {
        for (BookEvent event : events) {
            ClientSession owner = sessions.get(event.order().clientId());
            if (owner != null) {
                try {
                    owner.send(Answers.about(event));
                } catch (IOException e) {
                    log.line("client " + owner.clientId(), "could not be told: " + e.getMessage());
                }
            }
        }
    }

    Book book() {
        return book;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    FaultPlan faults() {
        return faults;
    }

    MessageLog log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        door.close();
        control.close();
        for (Socket socket : connected) {
            socket.close();
        }
    }
}
