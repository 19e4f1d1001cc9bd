package dev.signalwright.worker.preflight;

import dev.signalwright.worker.market.SessionCalendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The moment a run decides for (contract section 3): what the trigger asked for; else, at a simulated gateway that
 * stands in the past, that gateway's clock; else when the run was due.
 */
final class AsOf {
    private AsOf() {}

    static Instant of(
            Optional<String> requested, Optional<Instant> simulatedClock, Instant runAfter, SessionCalendar calendar) {
        return requested
                .map(text -> parse(text, calendar))
                .or(() -> simulatedClock)
                .orElse(runAfter);
    }

    /**
     * An instant with its zone, or an ISO date meaning that session's close (on a closed day: 16:00 New York, so that
     * the session check can say why it is closed).
     *
     * @throws IllegalArgumentException with a sentence when it is neither
     */
    static Instant parse(String text, SessionCalendar calendar) {
        try {
            return text.contains("T") ? OffsetDateTime.parse(text).toInstant() : calendar.close(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "The trigger's as_of is \"" + text + "\": give a date (2012-09-20, meaning that session's close) or"
                            + " an instant with its zone (2012-09-20T09:00:00-04:00).",
                    e);
        }
    }
}
