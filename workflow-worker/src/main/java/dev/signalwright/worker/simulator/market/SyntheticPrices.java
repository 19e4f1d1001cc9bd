package dev.signalwright.worker.simulator.market;

import dev.signalwright.worker.market.SessionCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Made-up series for the present: a random walk per symbol, the same for the same seed on every machine. Symbols begin
 * with {@code SIM}, so that real and made-up bars never share a ticker.
 */
public final class SyntheticPrices implements Prices {
    private static final Pattern SYMBOL = Pattern.compile("SIM[A-Z0-9]{0,9}");
    private static final LocalDate FIRST = LocalDate.of(2015, 1, 2);
    private static final double DAILY_DEVIATION = 0.015;
    private static final double DAILY_DRIFT = 0.0003;
    private static final int SHARES_A_DAY = 2_000_000;

    private final long seed;
    private final SessionCalendar calendar;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    public SyntheticPrices(long seed, SessionCalendar calendar) {
        this.seed = seed;
        this.calendar = calendar;
        asked.addAll(List.of("SIMA", "SIMB", "SIMC"));
    }

    @Override
    public String kind() {
        return "synthetic";
    }

    @Override
    public boolean madeUp() {
        return true;
    }

    /** Three to begin with, and every other that was asked for. */
    @Override
    public Set<String> symbols() {
        return new TreeSet<>(asked);
    }

    @Override
    public boolean knows(String symbol) {
        return SYMBOL.matcher(symbol).matches();
    }

    @Override
    public List<DayBar> traded(String symbol, LocalDate last) {
        if (!knows(symbol)) {
            return List.of();
        }
        asked.add(symbol);
        SplittableRandom random = new SplittableRandom(seed * 31 + symbol.hashCode());
        List<DayBar> bars = new ArrayList<>();
        double price = 40 + random.nextInt(160);
        for (LocalDate session = FIRST; !session.isAfter(last); session = calendar.next(session)) {
            double open = price * (1 + random.nextGaussian() * DAILY_DEVIATION / 3);
            double close = open * StrictMath.exp(DAILY_DRIFT + random.nextGaussian() * DAILY_DEVIATION);
            double high = Math.max(open, close) * (1 + random.nextDouble() * DAILY_DEVIATION);
            double low = Math.min(open, close) * (1 - random.nextDouble() * DAILY_DEVIATION);
            int volume = SHARES_A_DAY / 2 + random.nextInt(SHARES_A_DAY);
            bars.add(new DayBar(
                    session, cents(open), cents(high), cents(low), cents(close), BigDecimal.valueOf(volume)));
            price = close;
        }
        return bars;
    }

    private static BigDecimal cents(double price) {
        return BigDecimal.valueOf(price).setScale(2, RoundingMode.HALF_UP).max(Listing.MIN_TICK);
    }

    @Override
    public List<Split> splits(String symbol) {
        return List.of();
    }
}
