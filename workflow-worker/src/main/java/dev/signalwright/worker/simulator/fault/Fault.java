package dev.signalwright.worker.simulator.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * One fault switch.
 *
 * @param on name of the request, for example {@code placeOrder}; {@code connect} for a new connection; {@code any}
 * @param symbol only requests about it; empty fits all
 * @param from the first fitting request it strikes, counted from 1
 * @param times how many it strikes; {@link Integer#MAX_VALUE} for all that follow
 * @param within only for so long after it was switched on; empty means for ever
 */
public record Fault(
        String on, Optional<String> symbol, int from, int times, Optional<Duration> within, String name, Deed deed) {

    /** One readable line. */
    @Override
    public String toString() {
        return name + " on " + on + symbol.map(ticker -> " of " + ticker).orElse("")
                + (from == 1 ? "" : " from the " + from + ".")
                + (times == Integer.MAX_VALUE ? "" : " " + times + " times")
                + within.map(time -> " for " + time.toMillis() + " ms").orElse("") + ": " + deed;
    }
}
