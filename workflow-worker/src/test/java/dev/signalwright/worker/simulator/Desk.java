package dev.signalwright.worker.simulator;

import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.simulator.fault.FaultReader;
import dev.signalwright.worker.simulator.fault.Faults;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.tws.TwsBroker;
import dev.signalwright.worker.tws.TwsSettings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** A simulator on free ports and clients for it, on real sockets. */
final class Desk implements AutoCloseable {
    static final Instant MORNING = Instant.parse("2012-09-20T13:00:00Z");
    static final Path BARS = Path.of("..", "deploy", "bars");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final RecordingLog log = new RecordingLog();
    final SimulatedGateway gateway;

    Desk(SimulatorOptions options, String... faults) throws IOException {
        this.gateway = SimulatedGateway.start(
                options,
                new Faults(Arrays.stream(faults).map(FaultReader::read).toList(), Clock.systemUTC()),
                Clock.systemUTC(),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    static Desk onHistory() throws IOException {
        return new Desk(SimulatorOptions.history(BARS, MORNING, Optional.empty()));
    }

    /** @param faults as the control port takes them */
    static Desk withFaults(String... faults) throws IOException {
        return new Desk(SimulatorOptions.history(BARS, MORNING, Optional.empty()), faults);
    }

    static Desk onMadeUpSeries() throws IOException {
        SimulatorOptions options = new SimulatorOptions(
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                SimulatorOptions.DEFAULT_ACCOUNT,
                new BigDecimal(SimulatorOptions.DEFAULT_CASH),
                1,
                new BigDecimal(SimulatorOptions.DEFAULT_PARTICIPATION),
                SimulatorOptions.DEFAULT_SERVER_VERSION);
        return new Desk(options);
    }

    static Desk keepingStateIn(Path folder) throws IOException {
        return new Desk(SimulatorOptions.history(BARS, MORNING, Optional.of(folder)));
    }

    BrokerSession connect() {
        return broker(PATIENCE, 8).connect(PATIENCE);
    }

    TwsBroker broker(Duration patience, int clientIds) {
        return broker(gateway.port(), patience, clientIds);
    }

    TwsBroker broker(int port, Duration patience, int clientIds) {
        TwsSettings settings = new TwsSettings("127.0.0.1", port, 100, clientIds, patience, patience, patience);
        return new TwsBroker(settings, System::nanoTime, Sleeper.real(), new SplittableRandom(1), log);
    }

    OrderTicket buy(BrokerSession session, int shares, String limit, String orderRef) {
        return new OrderTicket(
                SimulatorOptions.DEFAULT_ACCOUNT,
                session.instrument("AAPL"),
                OrderTicket.Side.BUY,
                BigDecimal.valueOf(shares),
                new BigDecimal(limit),
                orderRef);
    }

    OrderSighting buyAndPlace(BrokerSession session, int shares, String limit, String orderRef) {
        return session.place(buy(session, shares, limit, orderRef));
    }

    String command(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.controlPort())) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Override
    public void close() throws IOException {
        gateway.close();
    }
}
