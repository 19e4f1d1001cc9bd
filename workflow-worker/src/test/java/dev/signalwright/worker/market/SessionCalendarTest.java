package dev.signalwright.worker.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.testing.ReplayBars;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCalendarTest {
    private final SessionCalendar calendar = new SessionCalendar();

    @Test
    void knowsExactlyTheSessionsThatWereTradedInThirteenYears() {
        LocalDate last = LocalDate.of(2013, 3, 1);
        List<LocalDate> traded =
                ReplayBars.until("IBM", last).bars().stream().map(Bar::date).toList();
        List<LocalDate> expected = LocalDate.of(2000, 3, 1)
                .datesUntil(last.plusDays(1))
                .filter(calendar::isSession)
                .toList();
        assertEquals(expected, traded);
    }

    @ParameterizedTest
    @CsvSource({
        "2012-10-29, an unplanned closure",
        "2021-12-24, Christmas Day",
        "2022-06-20, Juneteenth",
        "2023-01-02, New Year's Day",
        "2026-04-03, Good Friday",
        "2026-07-03, Independence Day"
    })
    void namesWhyTheExchangeIsClosed(LocalDate date, String reason) {
        assertEquals(Optional.of(reason), calendar.holiday(date));
    }

    @Test
    void newYearOnASaturdayIsNotMovedToTheFriday() {
        assertTrue(calendar.isSession(LocalDate.of(2021, 12, 31)));
    }

    @ParameterizedTest
    @CsvSource({
        "2012-07-03, 13:00",
        "2012-11-23, 13:00",
        "2012-12-24, 13:00",
        "2002-07-03, 16:00",
        "2002-07-05, 13:00",
        "2012-09-20, 16:00"
    })
    void knowsWhenASessionCloses(LocalDate date, LocalTime close) {
        assertEquals(close, calendar.closeTime(date));
    }

    @Test
    void closesAtTheExchangesHourInSummerAndInWinter() {
        assertEquals(Instant.parse("2012-09-20T20:00:00Z"), calendar.close(LocalDate.of(2012, 9, 20)));
        assertEquals(Instant.parse("2012-12-20T21:00:00Z"), calendar.close(LocalDate.of(2012, 12, 20)));
    }

    @Test
    void theMomentOfTheCloseBelongsToTheNextSession() {
        Instant close = calendar.close(LocalDate.of(2012, 9, 21));
        assertEquals(LocalDate.of(2012, 9, 21), calendar.sessionDate(close.minusSeconds(1)));
        assertEquals(LocalDate.of(2012, 9, 20), calendar.lastComplete(close.minusSeconds(1)));
        assertEquals(LocalDate.of(2012, 9, 24), calendar.sessionDate(close));
        assertEquals(LocalDate.of(2012, 9, 21), calendar.lastComplete(close));
    }

    @Test
    void countsSessionsOverAHolidayAndAWeekend() {
        LocalDate friday = LocalDate.of(2012, 8, 31);
        assertEquals(LocalDate.of(2012, 9, 4), calendar.next(friday));
        assertEquals(2, calendar.sessionsBetween(friday, LocalDate.of(2012, 9, 5)));
        assertEquals(0, calendar.sessionsBetween(friday, friday));
        assertFalse(calendar.isHalfDay(LocalDate.of(2012, 9, 3)));
    }
}
