package dev.signalwright.worker.market;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/**
 * The bundled calendar of the New York Stock Exchange and Nasdaq from 2000 on: rules of NYSE Rule 7.2 (holidays and
 * their observance), the early closes at 13:00, and the unplanned closures that happened. What is announced later than
 * this build is not in it; a gateway's own hours win where it gives them. Stateless.
 */
public final class SessionCalendar {
    /** The exchange's zone. */
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    public static final LocalTime OPEN = LocalTime.of(9, 30);
    private static final LocalTime CLOSE = LocalTime.of(16, 0);
    private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);

    /** Attacks of 2001, days of mourning, hurricane Sandy. */
    private static final Set<LocalDate> UNPLANNED = Set.of(
            LocalDate.of(2001, 9, 11),
            LocalDate.of(2001, 9, 12),
            LocalDate.of(2001, 9, 13),
            LocalDate.of(2001, 9, 14),
            LocalDate.of(2004, 6, 11),
            LocalDate.of(2007, 1, 2),
            LocalDate.of(2012, 10, 29),
            LocalDate.of(2012, 10, 30),
            LocalDate.of(2018, 12, 5),
            LocalDate.of(2025, 1, 9));

    private static final Set<LocalDate> IRREGULAR_HALF_DAYS =
            Set.of(LocalDate.of(2002, 7, 5), LocalDate.of(2003, 12, 26));
    private static final Set<LocalDate> IRREGULAR_FULL_DAYS = Set.of(LocalDate.of(2002, 7, 3));

    /** The holiday's name, or the reason of an unplanned closure; empty on sessions and weekends. */
    public Optional<String> holiday(LocalDate date) {
        if (UNPLANNED.contains(date)) {
            return Optional.of("an unplanned closure");
        }
        int year = date.getYear();
        if (date.equals(observed(LocalDate.of(year, 1, 1), false))) {
            return Optional.of("New Year's Day");
        }
        if (date.equals(nth(year, Month.JANUARY, 3, MONDAY))) {
            return Optional.of("Martin Luther King Jr. Day");
        }
        if (date.equals(nth(year, Month.FEBRUARY, 3, MONDAY))) {
            return Optional.of("Washington's Birthday");
        }
        if (date.equals(easter(year).minusDays(2))) {
            return Optional.of("Good Friday");
        }
        if (date.equals(LocalDate.of(year, 5, 31).with(TemporalAdjusters.previousOrSame(MONDAY)))) {
            return Optional.of("Memorial Day");
        }
        if (year >= 2022 && date.equals(observed(LocalDate.of(year, 6, 19), true))) {
            return Optional.of("Juneteenth");
        }
        if (date.equals(observed(LocalDate.of(year, 7, 4), true))) {
            return Optional.of("Independence Day");
        }
        if (date.equals(nth(year, Month.SEPTEMBER, 1, MONDAY))) {
            return Optional.of("Labor Day");
        }
        if (date.equals(nth(year, Month.NOVEMBER, 4, THURSDAY))) {
            return Optional.of("Thanksgiving Day");
        }
        if (date.equals(observed(LocalDate.of(year, 12, 25), true))) {
            return Optional.of("Christmas Day");
        }
        return Optional.empty();
    }

    public boolean isSession(LocalDate date) {
        return !isWeekend(date) && holiday(date).isEmpty();
    }

    /** Whether trading ends at 13:00 that day. Only meaningful for sessions. */
    public boolean isHalfDay(LocalDate date) {
        int year = date.getYear();
        boolean beforeIndependenceDay = date.equals(LocalDate.of(year, 7, 3));
        boolean afterThanksgiving =
                date.equals(nth(year, Month.NOVEMBER, 4, THURSDAY).plusDays(1));
        boolean christmasEve = date.equals(LocalDate.of(year, 12, 24));
        return isSession(date)
                && (beforeIndependenceDay || afterThanksgiving || christmasEve || IRREGULAR_HALF_DAYS.contains(date))
                && !IRREGULAR_FULL_DAYS.contains(date);
    }

    /** The instant the regular session opens. */
    public Instant open(LocalDate session) {
        return session.atTime(OPEN).atZone(ZONE).toInstant();
    }

    /** The instant the regular session closes. */
    public Instant close(LocalDate session) {
        return session.atTime(closeTime(session)).atZone(ZONE).toInstant();
    }

    /** Local closing time: 16:00, on half days 13:00. */
    public LocalTime closeTime(LocalDate session) {
        return isHalfDay(session) ? EARLY_CLOSE : CLOSE;
    }

    /** The first session whose close is after the instant: the session an order made then would trade in. */
    public LocalDate sessionDate(Instant at) {
        LocalDate date = LocalDate.ofInstant(at, ZONE);
        while (!isSession(date) || !close(date).isAfter(at)) {
            date = date.plusDays(1);
        }
        return date;
    }

    /** The last session whose close is not after the instant: the newest bar that can be complete then. */
    public LocalDate lastComplete(Instant at) {
        LocalDate date = LocalDate.ofInstant(at, ZONE);
        while (!isSession(date) || close(date).isAfter(at)) {
            date = date.minusDays(1);
        }
        return date;
    }

    /** The first session after the date. */
    public LocalDate next(LocalDate date) {
        LocalDate candidate = date.plusDays(1);
        while (!isSession(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    /** Number of sessions after {@code from} up to and including {@code to}; 0 when {@code to} is not later. */
    public int sessionsBetween(LocalDate from, LocalDate to) {
        int sessions = 0;
        for (LocalDate date = from.plusDays(1); !date.isAfter(to); date = date.plusDays(1)) {
            if (isSession(date)) {
                sessions++;
            }
        }
        return sessions;
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == SATURDAY || date.getDayOfWeek() == SUNDAY;
    }

    /** A holiday on Sunday moves to Monday; on Saturday to Friday, except New Year's (the books' year has ended). */
    private static LocalDate observed(LocalDate day, boolean fridayToo) {
        if (day.getDayOfWeek() == SUNDAY) {
            return day.plusDays(1);
        }
        return fridayToo && day.getDayOfWeek() == SATURDAY ? day.minusDays(1) : day;
    }

    private static LocalDate nth(int year, Month month, int n, DayOfWeek day) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, day));
    }

    /** Gregorian Easter Sunday, the anonymous (Meeus/Jones/Butcher) algorithm. */
    private static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int d = b / 4;
        int e = b % 4;
        int g = (8 * b + 13) / 25;
        int h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4;
        int k = c % 4;
        int l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int month = (h + l - 7 * m + 114) / 31;
        int day = (h + l - 7 * m + 114) % 31 + 1;
        return LocalDate.of(year, month, day);
    }
}
