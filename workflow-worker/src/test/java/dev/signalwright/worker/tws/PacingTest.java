package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacingTest {
    private long nanos;
    private final List<Duration> slept = new ArrayList<>();
    private final Pacing pacing = new Pacing(() -> nanos, time -> {
        slept.add(time);
        nanos += time.toNanos();
    });

    @Test
    void letsFortyMessagesPassAndHoldsTheNextUntilTheFirstIsASecondOld() throws InterruptedException {
        for (int message = 0; message < Pacing.MESSAGES; message++) {
            pacing.await();
            nanos += 1_000_000;
        }
        assertEquals(List.of(), slept);
        pacing.await();
        assertEquals(List.of(Duration.ofMillis(960)), slept);
    }

    @Test
    void neverHoldsASlowSession() throws InterruptedException {
        for (int message = 0; message < 200; message++) {
            pacing.await();
            nanos += Duration.ofMillis(25).toNanos();
        }
        assertEquals(List.of(), slept);
    }
}
