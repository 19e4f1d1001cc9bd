package dev.signalwright.worker.preflight;

import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.market.SessionCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Is the exchange open on the as-of's date? The gateway's hours win; the bundled calendar answers for dates they do not
 * cover.
 *
 * @param market {@code open}, {@code closed} or {@code half_day}
 */
record SessionCheck(String market, Check check) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    static SessionCheck at(Instant asOf, List<SessionHours> hours, SessionCalendar calendar) {
        LocalDate date = LocalDate.ofInstant(asOf, SessionCalendar.ZONE);
        Optional<SessionHours> stated =
                hours.stream().filter(h -> h.date().equals(date)).findFirst();
        boolean open = stated.map(h -> !h.closed()).orElseGet(() -> calendar.isSession(date));
        if (!open) {
            String why = calendar.holiday(date)
                    .map(name -> ": " + name)
                    .orElse(calendar.isSession(date) ? " by the gateway's hours" : ": it is a weekend");
            return new SessionCheck(
                    "closed",
                    Check.failed(
                            "session",
                            true,
                            Duration.ZERO,
                            "The exchange is closed on " + DAY.format(date) + why + ".",
                            "Nothing to do: the next session is " + DAY.format(calendar.next(date)) + "."));
        }
        boolean half = stated.map(h -> Duration.between(h.open(), h.close()).compareTo(Duration.ofHours(5)) < 0)
                .orElseGet(() -> calendar.isHalfDay(date));
        String finding = half
                ? DAY.format(date) + " is a half day: the exchange closes at 13:00 New York."
                : DAY.format(date) + " is a session.";
        return new SessionCheck(half ? "half_day" : "open", Check.passed("session", true, Duration.ZERO, finding));
    }
}
