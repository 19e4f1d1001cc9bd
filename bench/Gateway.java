import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.log.LogLines;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.simulator.SimulatedGateway;
import dev.signalwright.worker.simulator.SimulatorOptions;
import dev.signalwright.worker.simulator.fault.Faults;
import dev.signalwright.worker.tws.TwsBroker;
import dev.signalwright.worker.tws.TwsSettings;
import dev.signalwright.worker.tws.host.HostShare;
import dev.signalwright.worker.tws.message.MessageCodec;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalData;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** See gateway.sh. Medians of several rounds; the simulator runs in the same process, so its work is in the last two. */
class Gateway {
    static final int BARS = 10_000;
    static final int SYMBOLS = 20;
    static final double MESSAGES_A_SECOND = 45;

    public static void main(String[] args) throws Exception {
        decoding();
        Clock clock = Clock.systemUTC();
        SimulatorOptions options = new SimulatorOptions(
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                SimulatorOptions.DEFAULT_ACCOUNT,
                new BigDecimal(SimulatorOptions.DEFAULT_CASH),
                1,
                BigDecimal.ONE,
                178);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (SimulatedGateway gateway = SimulatedGateway.start(options, new Faults(List.of(), clock), clock, nowhere)) {
            connecting(gateway, clock, nowhere);
            governor(gateway, clock, nowhere);
        }
    }

    static void decoding() {
        List<HistoricalBar> bars = new ArrayList<>();
        for (int n = 0; n < BARS; n++) {
            bars.add(new HistoricalBar(
                    "20120919", 700.26 + n, 703.99 + n, 699.57, 702.1, BigDecimal.valueOf(11_674_100 + n),
                    new BigDecimal("701.8867"), 52_311));
        }
        MessageCodec<ServerMessage> codec = MessageCodec.answers();
        byte[] frame = codec.encode(new HistoricalData(1, "a", "b", bars), MessageCodec.MAX_VERSION);
        List<Double> ours = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            long start = System.nanoTime();
            HistoricalData read = (HistoricalData) codec.decode(frame, MessageCodec.MAX_VERSION).message();
            ours.add((System.nanoTime() - start) / 1e6);
            start = System.nanoTime();
            double sum = 0;
            String[] fields = new String(frame, StandardCharsets.US_ASCII).split("\0");
            for (int field = 5; field < fields.length; field++) {
                sum += Double.parseDouble(fields[field]);
            }
            floor.add((System.nanoTime() - start) / 1e6);
            if (read.bars().size() != BARS || sum == 0) {
                throw new AssertionError();
            }
        }
        System.out.printf("%-60s first %.1f ms, median %.2f ms; splitting and parsing the same bytes %.2f ms: %.1f times%n",
                BARS + " daily bars decoded (" + frame.length / 1024 + " KB)",
                ours.getFirst(), median(ours), median(floor), median(ours) / median(floor));
    }

    static TwsBroker broker(SimulatedGateway gateway, Optional<HostShare> share, Clock clock, PrintStream out) {
        return new TwsBroker(
                TwsSettings.of("127.0.0.1", gateway.port(), 1),
                share,
                clock,
                System::nanoTime,
                Sleeper.real(),
                new SplittableRandom(1),
                new LogLines(out, clock).named("bench"));
    }

    static HostShare share(SimulatedGateway gateway) throws Exception {
        return HostShare.of(Files.createTempDirectory("gateway-bench"), "127.0.0.1", gateway.port());
    }

    static void connecting(SimulatedGateway gateway, Clock clock, PrintStream out) throws Exception {
        List<Double> times = new ArrayList<>();
        List<Double> trips = new ArrayList<>();
        Optional<HostShare> share = Optional.of(share(gateway));
        for (int round = 0; round < 15; round++) {
            long start = System.nanoTime();
            try (BrokerSession session = broker(gateway, share, clock, out).connect(Duration.ofSeconds(20))) {
                session.dailyBars(session.instrument("SIMA"), clock.instant(), 1).bars().getFirst();
                times.add((System.nanoTime() - start) / 1e6);
                start = System.nanoTime();
                session.currentTime();
                trips.add((System.nanoTime() - start) / 1e6);
            }
        }
        System.out.printf("%-60s first %.0f ms, median %.1f ms; one round trip %.2f ms: %.0f times%n",
                "connect, resolve, first bar of a year", times.getFirst(), median(times), median(trips),
                median(times) / median(trips));
    }

    static void governor(SimulatedGateway gateway, Clock clock, PrintStream out) throws Exception {
        Optional<HostShare> share = Optional.of(share(gateway));
        long start = System.nanoTime();
        int messages = 0;
        try (BrokerSession session = broker(gateway, share, clock, out).connect(Duration.ofSeconds(20))) {
            messages += 2; // startApi and the clock
            for (int n = 0; n < SYMBOLS; n++) {
                session.dailyBars(session.instrument("SIM" + (char) ('A' + n)), clock.instant(), 1);
                messages += 2;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double limit = messages / MESSAGES_A_SECOND;
        System.out.printf("%-60s %.2f s, %d messages; the limit of %.0f a second allows %.2f s: %.2f times%n",
                "a year of daily bars of " + SYMBOLS + " symbols, governed", seconds, messages, MESSAGES_A_SECOND, limit,
                seconds / limit);
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
