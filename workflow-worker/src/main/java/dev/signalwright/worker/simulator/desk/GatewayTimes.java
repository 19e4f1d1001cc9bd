package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.market.SessionCalendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the gateway writes and reads times: in the exchange's zone, which it calls {@code US/Eastern}. */
public final class GatewayTimes {
    static final String ZONE_NAME = "US/Eastern";

    private static final int DAYS_OF_HOURS = 7;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd HH:mm:ss");
    private static final DateTimeFormatter UNIVERSAL = DateTimeFormatter.ofPattern("uuuuMMdd-HH:mm:ss");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmm");
    private static final Pattern END = Pattern.compile("(\\d{8})([- ])(\\d{2}:\\d{2}:\\d{2})(?: (\\S+))?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,5}) ([SDWMY])");

    private GatewayTimes() {}

    public static String write(Instant instant) {
        return LOCAL.format(LocalDateTime.ofInstant(instant, SessionCalendar.ZONE)) + " " + ZONE_NAME;
    }

    /** In universal time, as head timestamps are: {@code 19801212-14:30:00}. */
    static String writeUniversal(Instant instant) {
        return UNIVERSAL.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /** @throws DateTimeException not a time a gateway reads */
    static Instant readEnd(String text) {
        Matcher found = END.matcher(text);
        if (!found.matches()) {
            throw new DateTimeException("Invalid end date: " + text);
        }
        LocalDateTime local = LocalDateTime.parse(found.group(1) + " " + found.group(3), LOCAL);
        if (found.group(2).equals("-")) {
            return local.toInstant(ZoneOffset.UTC);
        }
        String zone = found.group(4);
        return local.atZone(zone == null ? SessionCalendar.ZONE : ZoneId.of(zone))
                .toInstant();
    }

    /**
     * The first day of a duration that ends on {@code last}.
     *
     * @throws DateTimeException not a duration
     */
    static LocalDate firstDay(LocalDate last, String duration) {
        Matcher found = DURATION.matcher(duration.toUpperCase(Locale.ROOT));
        if (!found.matches()) {
            throw new DateTimeException("Invalid duration: " + duration);
        }
        int count = Integer.parseInt(found.group(1));
        Period period = switch (found.group(2)) {
            case "Y" -> Period.ofYears(count);
            case "M" -> Period.ofMonths(count);
            case "W" -> Period.ofWeeks(count);
            case "D" -> Period.ofDays(count);
            default -> Period.ofDays(1 + count / 86_400);
        };
        return last.minus(period).plusDays(1);
    }

    /** The sessions of the next days, for example {@code 20120920:0930-20120920:1600;20120922:CLOSED}. */
    static String hours(SessionCalendar calendar, Instant now, boolean regular) {
        StringJoiner hours = new StringJoiner(";");
        LocalDate date = LocalDate.ofInstant(now, SessionCalendar.ZONE);
        for (int day = 0; day < DAYS_OF_HOURS; day++, date = date.plusDays(1)) {
            String label = DateTimeFormatter.BASIC_ISO_DATE.format(date);
            if (calendar.isSession(date)) {
                String from = regular ? CLOCK.format(SessionCalendar.OPEN) : "0400";
                String to =
                        regular ? CLOCK.format(calendar.closeTime(date)) : calendar.isHalfDay(date) ? "1700" : "2000";
                hours.add(label + ":" + from + "-" + label + ":" + to);
            } else {
                hours.add(label + ":CLOSED");
            }
        }
        return hours.toString();
    }
}
