package dev.signalwright.worker.tws.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostShareTest {
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    @TempDir
    Path home;

    private HostShare share;

    @BeforeEach
    void open() {
        share = HostShare.of(home, "gateway", 4002);
    }

    @Test
    void keepsAPartOfTheSecondsMessagesForOrders() throws IOException {
        for (int message = 0; message < 35; message++) {
            assertTrue(share.message(false, NOW.plusMillis(message)).over(), "message " + message);
        }
        assertEquals(
                Duration.ofMillis(900),
                share.message(false, NOW.plusMillis(100)).time());
        for (int order = 0; order < 10; order++) {
            assertTrue(share.message(true, NOW.plusMillis(200)).over(), "order " + order);
        }
        assertFalse(share.message(true, NOW.plusMillis(200)).over());
        // Ordinary messages keep out of the orders' part until the orders are a second old as well.
        assertTrue(share.message(true, NOW.plusMillis(1000)).over());
        assertFalse(share.message(false, NOW.plusMillis(1005)).over());
        assertTrue(share.message(false, NOW.plusMillis(1200)).over());
    }

    @Test
    void isNotStoppedByMomentsWrittenBeforeTheClockWasSetBack() throws IOException {
        for (int message = 0; message < 35; message++) {
            share.message(false, NOW.plusSeconds(3600));
        }
        assertTrue(share.message(false, NOW).over());
        assertTrue(share.history(ask("AAPL", "a"), NOW.plusSeconds(3600)).over());
        assertTrue(share.history(ask("AAPL", "a"), NOW).over());
    }

    @Test
    void holdsTheSameBarsBackForFifteenSeconds() throws IOException {
        assertTrue(share.history(ask("AAPL", "a"), NOW).over());
        assertTrue(share.history(ask("AAPL", "b"), NOW).over());
        Wait wait = share.history(ask("AAPL", "a"), NOW.plusSeconds(5));
        assertEquals(Duration.ofSeconds(11), wait.time());
        assertTrue(wait.why().contains("twice within 15 s"), wait.why());
        assertTrue(share.history(ask("AAPL", "a"), NOW.plusSeconds(16)).over());
    }

    @Test
    void allowsFiveRequestsForAContractInTwoSeconds() throws IOException {
        for (int request = 0; request < 5; request++) {
            assertTrue(share.history(ask("AAPL", "" + request), NOW.plusMillis(request))
                    .over());
        }
        assertEquals(
                Duration.ofMillis(2900),
                share.history(ask("AAPL", "5"), NOW.plusMillis(100)).time());
        assertTrue(share.history(ask("MSFT", "5"), NOW.plusMillis(100)).over());
        assertTrue(share.history(ask("AAPL", "5"), NOW.plusMillis(3000)).over());
    }

    @Test
    void allowsSixtyRequestsInTenMinutesAndCountsBidAskTwice() throws IOException {
        for (int request = 0; request < 29; request++) {
            assertTrue(share.history(new HistoryAsk("S" + request, "x", 2), NOW.plusSeconds(request))
                    .over());
        }
        assertTrue(share.history(ask("Y", "x"), NOW.plusSeconds(30)).over());
        assertEquals(
                Duration.ofSeconds(569),
                share.history(new HistoryAsk("Z", "x", 2), NOW.plusSeconds(31)).time());
        assertTrue(share.history(ask("Z", "x"), NOW.plusSeconds(31)).over());
        assertFalse(share.history(ask("W", "x"), NOW.plusSeconds(31)).over());
        assertTrue(share.history(ask("W", "x"), NOW.plusSeconds(600)).over());
    }

    @Test
    void readsPastHalfALine() throws IOException {
        share.history(ask("AAPL", "a"), NOW);
        Path file = share.folder().resolve("history");
        Files.writeString(file, "17724636", StandardOpenOption.APPEND);
        assertFalse(share.history(ask("AAPL", "a"), NOW.plusSeconds(1)).over());
        assertTrue(share.history(ask("AAPL", "b"), NOW.plusSeconds(1)).over());
    }

    @Test
    void givesAClientNumberToOneAtATime() throws IOException {
        Lease lease = share.clientId(7).orElseThrow();
        assertTrue(share.clientId(7).isEmpty());
        assertTrue(HostShare.of(home, "gateway", 4001).clientId(7).isPresent(), "another gateway has its own numbers");
        try (Lease other = share.clientId(8).orElseThrow()) {
            assertTrue(share.clientId(8).isEmpty());
        }
        assertTrue(share.clientId(8).isPresent());
        lease.close();
        lease.close();
        assertTrue(share.clientId(7).isPresent());
    }

    @Test
    void leasesFiftyOpenRequestsAtOnceAndTheNextWhenOneEnds() throws IOException {
        List<Lease> leases = new ArrayList<>();
        for (int request = 0; request < 50; request++) {
            leases.add(share.openRequest().orElseThrow());
        }
        assertTrue(share.openRequest().isEmpty());
        assertTrue(HostShare.of(home, "gateway", 4001).openRequest().isPresent(), "another gateway has its own");

        leases.get(17).close();
        assertTrue(share.openRequest().isPresent());
        assertTrue(share.openRequest().isEmpty());
    }

    private static HistoryAsk ask(String contract, String rest) {
        return new HistoryAsk(contract, rest, 1);
    }
}
