package dev.signalwright.worker.clientportal;

import dev.signalwright.worker.platform.Sleeper;
import java.time.Duration;

/** Waits between two looks. */
record Pause(Sleeper sleeper) {
    /** @return false when the task was told to stop meanwhile */
    boolean of(Duration time) {
        try {
            sleeper.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
