package dev.signalwright.worker.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BarSeriesTest {
    private static BarSeries series(String... dates) {
        List<Bar> bars = Stream.of(dates)
                .map(LocalDate::parse)
                .map(date -> {
                    int day = date.getDayOfMonth();
                    return new Bar(date, 100 + day, 200 + day, 50 + day, 150 + day, 1000 + day);
                })
                .toList();
        return new BarSeries("TEST", bars);
    }

    @Test
    void aWeekTakesItsFirstOpenLastCloseExtremesAndTheSumOfVolumes() {
        BarSeries weeks = series("2012-09-10", "2012-09-12", "2012-09-14").weekly(LocalDate.of(2012, 9, 17));
        assertEquals(List.of(new Bar(LocalDate.of(2012, 9, 14), 110, 214, 60, 164, 3036)), weeks.bars());
    }

    @Test
    void aWeekThatIsNotOverIsLeftOut() {
        BarSeries weeks =
                series("2012-09-13", "2012-09-14", "2012-09-17", "2012-09-19").weekly(LocalDate.of(2012, 9, 20));
        assertEquals(1, weeks.size());
        assertEquals(LocalDate.of(2012, 9, 14), weeks.last().date());
    }

    @Test
    void aWeekWithAHolidayEndsWithItsLastSession() {
        // Good Friday 2012 was April 6.
        BarSeries weeks = series("2012-04-04", "2012-04-05").weekly(LocalDate.of(2012, 4, 9));
        assertEquals(LocalDate.of(2012, 4, 5), weeks.last().date());
    }

    @Test
    void theTurnOfAYearDoesNotSplitAWeek() {
        BarSeries weeks = series("2012-12-31", "2013-01-02", "2013-01-04").weekly(LocalDate.of(2013, 1, 7));
        assertEquals(1, weeks.size());
    }

    @Test
    void noBarsMakeNoWeeks() {
        assertTrue(series().weekly(LocalDate.of(2012, 9, 20)).bars().isEmpty());
    }

    @Test
    void refusesBarsOutOfOrderAndDoubles() {
        assertThrows(IllegalArgumentException.class, () -> series("2012-09-14", "2012-09-13"));
        assertThrows(IllegalArgumentException.class, () -> series("2012-09-14", "2012-09-14"));
    }

    @Test
    void refusesWhatIsNotABar() {
        LocalDate date = LocalDate.of(2012, 9, 14);
        assertThrows(IllegalArgumentException.class, () -> new Bar(date, 10, 9, 8, 9, 1));
        assertThrows(IllegalArgumentException.class, () -> new Bar(date, 10, 11, 0, 10, 1));
        assertThrows(IllegalArgumentException.class, () -> new Bar(date, 10, 11, 9, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Bar(date, 10, 11, 9, 10, -1));
        assertThrows(IllegalArgumentException.class, () -> new Bar(date, 10, Double.POSITIVE_INFINITY, 9, 10, 1));
    }
}
