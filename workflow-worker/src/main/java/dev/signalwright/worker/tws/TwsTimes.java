package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.market.SessionCalendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The protocol's ways to write times. */
final class TwsTimes {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd-HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd HH:mm:ss");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMdd:HHmm");
    private static final Pattern TIME = Pattern.compile("(\\d{8})([- ]+)(\\d{2}:\\d{2}:\\d{2})(?: (\\S.*))?");

    /** Names the gateway uses that are old aliases. */
    private static final Map<String, String> ZONES = Map.of(
            "US/Eastern", "America/New_York",
            "EST", "America/New_York",
            "EST5EDT", "America/New_York",
            "US/Central", "America/Chicago",
            "US/Pacific", "America/Los_Angeles");

    private TwsTimes() {}

    /** {@code yyyyMMdd-HH:mm:ss}, which the gateway reads as UTC. */
    static String utc(Instant instant) {
        return UTC.format(instant);
    }

    /** {@code yyyyMMdd}, as daily bars are labelled. */
    static LocalDate date(String text) {
        return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    }

    static ZoneId zone(String name) {
        return ZoneId.of(ZONES.getOrDefault(name, name));
    }

    /**
     * {@code 20120920 09:30:00 US/Eastern}, or with a dash for UTC. A time without zone is in the gateway's own, which
     * it does not tell; New York is assumed.
     *
     * @throws DateTimeException the text is no such time
     */
    static Instant instant(String text) {
        Matcher found = TIME.matcher(text.strip());
        if (!found.matches()) {
            throw new DateTimeException("'" + text + "' is not a time of the form 20120920 09:30:00 US/Eastern.");
        }
        LocalDateTime local = LocalDateTime.parse(found.group(1) + " " + found.group(3), LOCAL);
        if (found.group(2).equals("-")) {
            return local.toInstant(ZoneOffset.UTC);
        }
        ZoneId zone = found.group(4) == null ? SessionCalendar.ZONE : zone(found.group(4));
        return local.atZone(zone).toInstant();
    }

    /**
     * {@code 20120920:0930-20120920:1600;20120922:CLOSED}, in the contract's zone. Parts of another form are left out.
     */
    static List<SessionHours> hours(String text, ZoneId zone) {
        return Arrays.stream(text.split(";", -1))
                .flatMap(part -> session(part, zone).stream())
                .toList();
    }

    private static Optional<SessionHours> session(String part, ZoneId zone) {
        try {
            return Optional.of(part.endsWith(":CLOSED") ? closed(part, zone) : open(part, zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static SessionHours closed(String part, ZoneId zone) {
        LocalDate date = date(part.substring(0, part.indexOf(':')));
        Instant midnight = date.atStartOfDay(zone).toInstant();
        return new SessionHours(date, midnight, midnight, true);
    }

    private static SessionHours open(String part, ZoneId zone) {
        String[] ends = part.split("-", 2);
        if (ends.length < 2) {
            throw new DateTimeException("'" + part + "' has no end.");
        }
        LocalDateTime from = LocalDateTime.parse(ends[0], MINUTE);
        LocalDateTime to = LocalDateTime.parse(ends[1], MINUTE);
        return new SessionHours(
                to.toLocalDate(),
                from.atZone(zone).toInstant(),
                to.atZone(zone).toInstant(),
                false);
    }
}
