package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.tws.host.HistoryAsk;
import dev.signalwright.worker.tws.host.HostShare;
import dev.signalwright.worker.tws.host.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty requests for bars are open at a gateway, those of other workers among them. */
class GovernorTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home;

    private final long[] nanos = {0};
    private final List<Lease> others = new ArrayList<>();
    private boolean oneEndsMeanwhile;

    private Lease ask(String rest, Duration longest) {
        Governor governor = new Governor(
                Optional.of(HostShare.of(home, "gateway", 4002)),
                CLOCK,
                () -> nanos[0],
                pause -> {
                    nanos[0] += pause.toNanos();
                    if (oneEndsMeanwhile) {
                        others.getFirst().close();
                    }
                },
                new SplittableRandom(1),
                new RecordingLog());
        return governor.history("The bars", new HistoryAsk("AAPL", rest, 1), new Deadline(() -> nanos[0], longest));
    }

    private void fiftyAreOpen() throws IOException {
        HostShare share = HostShare.of(home, "gateway", 4002);
        for (int request = 0; request < HostShare.OPEN_REQUESTS; request++) {
            others.add(share.openRequest().orElseThrow());
        }
    }

    @Test
    void theNextIsHeldBackAndToldWhy() throws IOException {
        fiftyAreOpen();

        BrokerException held = assertThrows(BrokerException.class, () -> ask("a", Duration.ofSeconds(5)));

        assertEquals(Kind.PACING, held.kind());
        assertTrue(held.sentence().contains("50 requests for bars are open at this gateway"), held.sentence());
        assertTrue(nanos[0] > Duration.ofSeconds(3).toNanos(), "it did not wait");
    }

    @Test
    void theNextGoesWhenOneHasItsBars() throws IOException {
        fiftyAreOpen();
        oneEndsMeanwhile = true;

        Lease lease = ask("a", Duration.ofSeconds(5));

        HostShare share = HostShare.of(home, "gateway", 4002);
        assertTrue(share.openRequest().isEmpty(), "the freed one is not taken");
        lease.close();
        assertTrue(share.openRequest().isPresent());
    }

    @Test
    void whoIsHeldBackByAnotherRuleKeepsNoneOpen() throws IOException {
        ask("a", Duration.ofSeconds(5)).close();
        assertThrows(BrokerException.class, () -> ask("a", Duration.ofSeconds(5)));

        fiftyAreOpen();
    }
}
