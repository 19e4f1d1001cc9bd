package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.log.LogLines;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.tws.host.HostShare;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A worker process of {@link ManyWorkersTest}: asks for the time and for bars as fast as it may, then waits to be ended. */
public final class PacedWorker {
    private PacedWorker() {}

    public static void main(String... words) throws Exception {
        int port = Integer.parseInt(words[1]);
        int number = Integer.parseInt(words[2]);
        Duration patience = Duration.ofSeconds(60);
        TwsBroker broker = new TwsBroker(
                new TwsSettings("127.0.0.1", port, 1, 8, patience, patience, patience),
                Optional.of(HostShare.of(Path.of(words[0]), "127.0.0.1", port)),
                Clock.systemUTC(),
                System::nanoTime,
                Sleeper.real(),
                RandomGenerator.getDefault(),
                new LogLines(System.out, Clock.systemUTC()).named("gateway"));
        Instrument shared = new Instrument(1, "AAPL", "SMART", "NASDAQ", "USD", BigDecimal.ONE, "America/New_York");
        try (BrokerSession session = broker.connect(patience)) {
            for (int round = 0; round < 12; round++) {
                session.currentTime();
            }
            session.dailyBars(shared, Instant.parse("2012-09-20T13:00:00Z").plusSeconds(number), 1);
            if (number < 2) {
                session.dailyBars(shared, Instant.parse("2012-09-20T13:00:00Z").plusSeconds(100), 1);
            }
            System.out.println("done");
            // The end of standard input ends it, unless it is killed before.
            while (System.in.read() >= 0) {
                session.currentTime();
            }
        }
    }
}
