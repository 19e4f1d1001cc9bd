package dev.signalwright.worker.tws.host;

import java.time.Duration;

/**
 * Whether something may be sent now.
 *
 * @param time how long to wait before asking again; zero means that it may be sent, and was entered
 * @param why the rule that holds it back, for a person; empty when none does
 */
public record Wait(Duration time, String why) {
    static final Wait NONE = new Wait(Duration.ZERO, "");

    public boolean over() {
        return time.isZero();
    }
}
