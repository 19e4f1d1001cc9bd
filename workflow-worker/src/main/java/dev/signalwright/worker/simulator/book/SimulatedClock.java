package dev.signalwright.worker.simulator.book;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the simulator stands in time: on a fixed moment that only a command moves, or in the present.
 *
 * @param fixed the moment to begin at; empty means the present
 * @param present the machine's clock
 */
public record SimulatedClock(Optional<Instant> fixed, Clock present) {
    public Instant start() {
        return fixed.orElseGet(present::instant);
    }

    public boolean standsStill() {
        return fixed.isPresent();
    }
}
