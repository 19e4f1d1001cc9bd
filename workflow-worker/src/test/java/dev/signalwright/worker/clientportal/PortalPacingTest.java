package dev.signalwright.worker.clientportal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signalwright.worker.testing.RecordingLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortalPacingTest {
    private final long[] nanos = {0};
    private final List<Duration> slept = new ArrayList<>();
    private final PortalPacing pacing = new PortalPacing(
            () -> nanos[0],
            time -> {
                slept.add(time);
                nanos[0] += time.toNanos();
            },
            new RecordingLog());

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
}
