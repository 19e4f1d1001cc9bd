package dev.signalwright.worker.platform;

import java.time.Duration;

/** Waiting, passed in so that tests do not wait. */
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;

    /** The real one. */
    static Sleeper real() {
        return time -> Thread.sleep(time);
    }
}
