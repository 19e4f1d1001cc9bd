package dev.signalwright.artifacts.pages.part;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time on a page: New York's, because the exchange lives there. A script adds the viewer's own as a tooltip.
 *
 * @param iso for {@code <time datetime>}
 * @param text what is read
 */
public record Moment(String iso, String text) {
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.UK);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

    public static Moment full(Instant instant) {
        return new Moment(instant.toString(), english(FULL, instant) + " New York");
    }

    /** For a column whose header names the zone. */
    public static Moment brief(Instant instant) {
        return new Moment(instant.toString(), english(SHORT, instant));
    }

    private static String english(DateTimeFormatter format, Instant instant) {
        return format.withLocale(Locale.ENGLISH).format(instant.atZone(NEW_YORK));
    }

    public static String day(LocalDate date) {
        return DAY.format(date);
    }

    public static LocalDate dateInNewYork(Instant instant) {
        return instant.atZone(NEW_YORK).toLocalDate();
    }
}
