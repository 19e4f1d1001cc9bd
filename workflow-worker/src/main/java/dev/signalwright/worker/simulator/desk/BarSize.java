package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.market.DayBar;
import dev.signalwright.worker.simulator.market.DayPath;
import dev.signalwright.worker.tws.message.ServerMessage.HistoricalBar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A bar size as the protocol spells it, and how daily bars become bars of it: days as they are, weeks and months by
 * putting days together (labelled by their last session, complete ones only), less than a day by walking the {@link
 * DayPath}.
 *
 * @param length of a bar within the session; empty for a day and longer
 */
record BarSize(String name, Optional<Duration> length) {
    private static final BigDecimal THREE = BigDecimal.valueOf(3);
    private static final Map<String, BarSize> ALL = all();

    private static Map<String, BarSize> all() {
        Map<String, BarSize> sizes = new TreeMap<>();
        for (int seconds : new int[] {1, 5, 10, 15, 30}) {
            add(sizes, seconds + " secs", Duration.ofSeconds(seconds));
        }
        add(sizes, "1 min", Duration.ofMinutes(1));
        for (int minutes : new int[] {2, 3, 5, 10, 15, 20, 30}) {
            add(sizes, minutes + " mins", Duration.ofMinutes(minutes));
        }
        add(sizes, "1 hour", Duration.ofHours(1));
        for (int hours : new int[] {2, 3, 4, 8}) {
            add(sizes, hours + " hours", Duration.ofHours(hours));
        }
        for (String name : List.of("1 day", "1 week", "1 month")) {
            sizes.put(name, new BarSize(name, Optional.empty()));
        }
        return sizes;
    }

    private static void add(Map<String, BarSize> sizes, String name, Duration length) {
        sizes.put(name, new BarSize(name, Optional.of(length)));
    }

    static Optional<BarSize> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    boolean isIntraday() {
        return length.isPresent();
    }

    /** The first day that a request reaching back to {@code first} needs: weeks and months begin whole. */
    LocalDate firstDay(LocalDate first) {
        return switch (name) {
            case "1 week" -> first.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "1 month" -> first.withDayOfMonth(1);
            default -> first;
        };
    }

    /**
     * @param days oldest first
     * @param end nothing that ends later
     * @param epoch whether moments within a day are written as epoch seconds
     */
    List<HistoricalBar> cut(List<DayBar> days, SessionCalendar calendar, Instant end, boolean epoch) {
        if (length.isPresent()) {
            return days.stream()
                    .flatMap(day -> within(day, calendar, end, length.get(), epoch).stream())
                    .toList();
        }
        return switch (name) {
            case "1 week" -> together(days, calendar, end, BarSize::lastDayOfWeek);
            case "1 month" -> together(days, calendar, end, date -> date.with(TemporalAdjusters.lastDayOfMonth()));
            default -> days.stream().map(day -> wire(label(day.session()), day)).toList();
        };
    }

    private static LocalDate lastDayOfWeek(LocalDate date) {
        return date.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
    }

    private static List<HistoricalBar> together(
            List<DayBar> days, SessionCalendar calendar, Instant end, Function<LocalDate, LocalDate> lastDay) {
        Map<LocalDate, DayBar> bars = new TreeMap<>();
        for (DayBar day : days) {
            bars.merge(lastDay.apply(day.session()), day, BarSize::joined);
        }
        LocalDate complete = calendar.lastComplete(end);
        return bars.entrySet().stream()
                .filter(bar -> calendar.next(complete).isAfter(bar.getKey()))
                .map(bar -> wire(label(bar.getValue().session()), bar.getValue()))
                .toList();
    }

    private static DayBar joined(DayBar earlier, DayBar later) {
        return new DayBar(
                later.session(),
                earlier.open(),
                earlier.high().max(later.high()),
                earlier.low().min(later.low()),
                later.close(),
                earlier.volume().add(later.volume()));
    }

    private static List<HistoricalBar> within(
            DayBar day, SessionCalendar calendar, Instant end, Duration length, boolean epoch) {
        Instant open = calendar.open(day.session());
        Instant close = calendar.close(day.session());
        DayPath path = new DayPath(day, open, close);
        double seconds = Duration.between(open, close).toSeconds();
        List<HistoricalBar> bars = new ArrayList<>();
        for (Instant from = open; from.isBefore(close); from = from.plus(length)) {
            Instant to = from.plus(length).isAfter(close) ? close : from.plus(length);
            if (!to.isAfter(end)) {
                DayBar part = path.between(
                        Duration.between(open, from).toSeconds() / seconds,
                        Duration.between(open, to).toSeconds() / seconds);
                bars.add(wire(epoch ? Long.toString(from.getEpochSecond()) : GatewayTimes.write(from), inCents(part)));
            }
        }
        return bars;
    }

    private static DayBar inCents(DayBar bar) {
        return new DayBar(
                bar.session(),
                cents(bar.open()),
                cents(bar.high()),
                cents(bar.low()),
                cents(bar.close()),
                bar.volume());
    }

    private static BigDecimal cents(BigDecimal price) {
        return price.setScale(2, RoundingMode.HALF_UP);
    }

    private static String label(LocalDate session) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(session);
    }

    private static HistoricalBar wire(String date, DayBar bar) {
        BigDecimal typical = bar.high().add(bar.low()).add(bar.close()).divide(THREE, MathContext.DECIMAL32);
        return new HistoricalBar(
                date,
                bar.open().doubleValue(),
                bar.high().doubleValue(),
                bar.low().doubleValue(),
                bar.close().doubleValue(),
                bar.volume().stripTrailingZeros(),
                typical,
                0);
    }
}
