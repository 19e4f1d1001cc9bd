package dev.signalwright.worker.simulator;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.simulator.book.Book;
import dev.signalwright.worker.simulator.book.BookEvent;
import dev.signalwright.worker.simulator.book.BookState;
import dev.signalwright.worker.simulator.book.SimulatedClock;
import dev.signalwright.worker.simulator.book.StateFile;
import dev.signalwright.worker.simulator.desk.Answers;
import dev.signalwright.worker.simulator.desk.Switchboard;
import dev.signalwright.worker.simulator.fault.Deed;
import dev.signalwright.worker.simulator.fault.Faults;
import dev.signalwright.worker.simulator.market.HistoryPrices;
import dev.signalwright.worker.simulator.market.Prices;
import dev.signalwright.worker.simulator.market.Split;
import dev.signalwright.worker.simulator.market.SyntheticPrices;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import dev.signalwright.worker.tws.wire.WireException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Faults faults;
    private final Clock clock;
    private final Sleeper sleeper = Sleeper.real();
    private final MessageLog log;
    private final int serverVersion;
    private final Map<Integer, ClientSession> sessions = new ConcurrentHashMap<>();
    private final Set<Socket> connected = ConcurrentHashMap.newKeySet();
    private volatile Instant awayUntil = Instant.MIN;

    /**
     * Binds both ports and begins to serve.
     *
     * @param faults what goes wrong on purpose; more can be switched on through the control port
     * @param clock the machine's clock, for the log, for rates and for made-up series
     * @param out gets one line per message
     * @throws IOException a port is taken, or the bars or the state cannot be read
     */
    public static SimulatedGateway start(SimulatorOptions options, Faults faults, Clock clock, PrintStream out)
            throws IOException {
        SimulatedGateway gateway = new SimulatedGateway(options, faults, clock, out);
        Thread.ofVirtual().name("simulator-door").start(gateway::acceptAll);
        gateway.control.start();
        return gateway;
    }

    private SimulatedGateway(SimulatorOptions options, Faults faults, Clock clock, PrintStream out) throws IOException {
        SessionCalendar calendar = new SessionCalendar();
        Prices prices = options.bars().isPresent()
                ? HistoryPrices.read(options.bars().get(), Split.bundled())
                : new SyntheticPrices(options.seed(), calendar);
        SimulatedClock simulated = new SimulatedClock(options.clock(), clock);
        BookState fresh = BookState.fresh(
                options.account(), prices.kind(), simulated.start().toString(), options.cash());
        this.book = new Book(
                prices, simulated, calendar, new StateFile(options.stateDir()), fresh, options.participation());
        this.switchboard = new Switchboard(prices, book, calendar);
        this.faults = faults;
        this.clock = clock;
        this.serverVersion = options.serverVersion();
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
        List<Deed> deeds = faults.striking(Faults.CONNECT, Optional.empty());
        if (deeds.stream().anyMatch(deed -> deed instanceof Deed.Ignore)) {
            return;
        }
        try (socket) {
            ClientSession session = new ClientSession(socket, this);
            try {
                if (deeds.isEmpty() && !clock.instant().isBefore(awayUntil)) {
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

    /** Cuts every connection and serves no new one for a while, as a gateway does that restarts at night. */
    void restart(Duration away) throws IOException {
        awayUntil = clock.instant().plus(away);
        log.line("gateway", "restarts: away for " + away.toMillis() + " ms");
        drop();
    }

    /** Cuts every connection. */
    void drop() throws IOException {
        for (Socket socket : connected) {
            socket.close();
        }
    }

    /** A notice of the system to every client. */
    void announce(int code, String text) {
        for (ClientSession session : sessions.values()) {
            try {
                session.send(List.of(new ErrMsg(-1, code, text)));
            } catch (IOException e) {
                log.line("client " + session.clientId(), "could not be told: " + e.getMessage());
            }
        }
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

    Faults faults() {
        return faults;
    }

    int serverVersion() {
        return serverVersion;
    }

    Clock clock() {
        return clock;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    MessageLog log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        door.close();
        control.close();
        drop();
    }
}
