package dev.signalwright.worker.clientportal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.tws.host.HostShare;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortalPacingTest {
    private final long[] nanos = {0};
    private final List<Duration> slept = new ArrayList<>();
    private final RecordingLog log = new RecordingLog();
    private final PortalPacing pacing = pacing(Optional.empty());

    @TempDir
    Path home;

    /** Whoever sleeps moves both clocks. */
    private PortalPacing pacing(Optional<HostShare> share) {
        return new PortalPacing(
                share,
                new ShiftedClock(nanos),
                () -> nanos[0],
                time -> {
                    slept.add(time);
                    nanos[0] += time.toNanos();
                },
                log);
    }

    private PortalPacing ofHost() {
        return pacing(Optional.of(HostShare.of(home, "localhost", 5000)));
    }

    @Test
    void noSecondSeesMoreThanNineRequests() throws InterruptedException {
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pacing.await("/any/" + i);
            sent.add(nanos[0]);
        }
        for (int i = PortalPacing.REQUESTS; i < sent.size(); i++) {
            long apart = sent.get(i) - sent.get(i - PortalPacing.REQUESTS);
            assertEquals(true, apart >= Duration.ofSeconds(1).toNanos(), "request " + i);
        }
    }

    @Test
    void ordersAndTradesWaitFiveSecondsEachForItself() throws InterruptedException {
        pacing.await("/iserver/account/orders");
        pacing.await("/iserver/account/trades");
        assertEquals(List.of(), slept);

        pacing.await("/iserver/account/orders");
        assertEquals(List.of(Duration.ofSeconds(5)), slept);
    }

    @Test
    void theWorkersOfAHostSeeNineRequestsASecondTogether() throws InterruptedException {
        List<PortalPacing> workers = List.of(ofHost(), ofHost(), ofHost());
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            workers.get(i % 3).await("/any/" + i);
            sent.add(nanos[0]);
        }
        for (int i = PortalPacing.REQUESTS; i < sent.size(); i++) {
            long apart = sent.get(i) - sent.get(i - PortalPacing.REQUESTS);
            assertEquals(true, apart >= Duration.ofSeconds(1).toNanos(), "request " + i);
        }
    }

    @Test
    void anotherWorkersLookAtTheOrdersIsWaitedFor() throws InterruptedException {
        ofHost().await("/iserver/account/orders");
        ofHost().await("/iserver/account/trades");
        assertEquals(List.of(), slept);

        ofHost().await("/iserver/account/orders");
        assertEquals(List.of(Duration.ofSeconds(5)), slept);

        pacing(Optional.of(HostShare.of(home, "localhost", 5001))).await("/iserver/account/orders");
        assertEquals(List.of(Duration.ofSeconds(5)), slept, "another gateway has its own limits");
    }

    @Test
    void whereTheFolderCannotBeUsedEachKeepsTheLimitsAlone() throws Exception {
        Files.writeString(home.resolve("gateways"), "no folder");
        PortalPacing pacing = ofHost();
        pacing.await("/tickle");
        pacing.await("/tickle");

        assertEquals(List.of(Duration.ofSeconds(1)), slept);
        assertTrue(log.lines().stream().anyMatch(line -> line.contains("Make SIGNALWRIGHT_HOME writable")));
    }

    /** Stands where the nanoseconds stand. */
    private static final class ShiftedClock extends Clock {
        private final long[] nanos;

        ShiftedClock(long[] nanos) {
            this.nanos = nanos;
        }

        @Override
        public Instant instant() {
            return Instant.parse("2026-03-02T15:00:00Z").plusNanos(nanos[0]);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
