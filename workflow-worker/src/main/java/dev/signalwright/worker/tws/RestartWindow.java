package dev.signalwright.worker.tws;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The gateway's daily restart. It closes its connections then and refuses new ones for some minutes; an order sent in its
 * last minute was seen to be lost and its number given out again.
 *
 * @param at when it begins
 * @param zone of that time
 */
public record RestartWindow(LocalTime at, ZoneId zone) {
    private static final Duration LASTS = Duration.ofMinutes(10);
    private static final Duration NO_ORDERS_BEFORE = Duration.ofMinutes(1);

    /** Whether the gateway may be away at that moment because it restarts. */
    boolean contains(Instant moment) {
        Duration since = since(moment);
        return since.compareTo(LASTS) < 0;
    }

    /** Whether no order should be sent at that moment. */
    boolean forbidsOrders(Instant moment) {
        return contains(moment) || contains(moment.plus(NO_ORDERS_BEFORE));
    }

    private Duration since(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        ZonedDateTime today = local.with(at);
        return Duration.between(today.isAfter(local) ? today.minusDays(1) : today, local);
    }

    @Override
    public String toString() {
        return at + " " + zone;
    }
}
