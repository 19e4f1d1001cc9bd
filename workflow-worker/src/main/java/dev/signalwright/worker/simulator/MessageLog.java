package dev.signalwright.worker.simulator;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** One readable line per message. Thread-safe. */
final class MessageLog {
    private final PrintStream out;
    private final Clock clock;

    MessageLog(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** @param who for example {@code client 100 ->} */
    void line(String who, String what) {
        out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + who + " " + what);
    }
}
