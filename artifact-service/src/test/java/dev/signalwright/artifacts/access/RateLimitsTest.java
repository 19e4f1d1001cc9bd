package dev.signalwright.artifacts.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final TestClock clock = new TestClock();
    private final RateLimits limits = new RateLimits(new FixedAccessConfig(Path.of("none")), clock);

    private int letThrough(String caller, int perSecond, int requests) {
        int through = 0;
        for (int i = 0; i < requests; i++) {
            through += limits.waitOf(caller, perSecond).isZero() ? 1 : 0;
        }
        return through;
    }

    @Test
    void aBurstOfTwoSecondsThenTheRate() {
        assertEquals(20, letThrough("viewer", 10, 100));
        clock.pass(Duration.ofSeconds(1));
        assertEquals(10, letThrough("viewer", 10, 100));
        clock.pass(Duration.ofHours(1));
        assertEquals(20, letThrough("viewer", 10, 100), "a long rest saves up no more than the burst");
    }

    @Test
    void saysHowLongToWait() {
        letThrough("viewer", 10, 20);
        Duration wait = limits.waitOf("viewer", 10);
        assertEquals(Duration.ofMillis(100), wait);
        clock.pass(wait);
        assertTrue(limits.waitOf("viewer", 10).isZero());
    }

    @Test
    void callersHaveBucketsOfTheirOwn() {
        letThrough("one", 10, 100);
        assertEquals(20, letThrough("other", 10, 100));
    }

    @Test
    void zeroIsNoLimit() {
        assertEquals(100_000, letThrough("worker", 0, 100_000));
    }
}
