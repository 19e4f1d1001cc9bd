package dev.signalwright.worker.simulator.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The one way a price is taken to have gone through a daily bar, which tells where it has been but not when: from the
 * open to the nearer extreme against the day's direction (the low of a rising day), to the other extreme, to the close; in
 * straight lines, a third of the session each. Fills and made-up intraday bars both follow it, so they never contradict.
 */
public record DayPath(DayBar bar, Instant open, Instant close) {
    public static final int LEGS = 3;

    /** The four corners: open, extreme, extreme, close. */
    public List<BigDecimal> corners() {
        boolean rises = bar.close().compareTo(bar.open()) >= 0;
        return List.of(bar.open(), rises ? bar.low() : bar.high(), rises ? bar.high() : bar.low(), bar.close());
    }

    /** When the path is at that price of a leg. */
    public Instant when(int leg, BigDecimal price) {
        BigDecimal from = corners().get(leg);
        BigDecimal length = corners().get(leg + 1).subtract(from);
        double part = length.signum() == 0
                ? 0
                : price.subtract(from).divide(length, MathContext.DECIMAL32).doubleValue();
        double seconds = Duration.between(open, close).toSeconds() * (leg + part) / LEGS;
        return open.plusSeconds((long) seconds);
    }

    /** The price at a moment of the session, given as a part of it from 0 to 1. */
    BigDecimal at(double part) {
        double position = Math.clamp(part, 0, 1) * LEGS;
        int leg = Math.min((int) position, LEGS - 1);
        BigDecimal from = corners().get(leg);
        return from.add(corners().get(leg + 1).subtract(from).multiply(BigDecimal.valueOf(position - leg)))
                .round(MathContext.DECIMAL64);
    }

    /** Between two moments: open, high, low and close, and a share of the volume. */
    public DayBar between(double from, double to) {
        BigDecimal first = at(from);
        BigDecimal last = at(to);
        BigDecimal high = first.max(last);
        BigDecimal low = first.min(last);
        for (int corner = 1; corner < LEGS; corner++) {
            double part = (double) corner / LEGS;
            if (part > from && part < to) {
                high = high.max(corners().get(corner));
                low = low.min(corners().get(corner));
            }
        }
        BigDecimal volume = bar.volume().multiply(BigDecimal.valueOf(to - from)).setScale(0, RoundingMode.HALF_UP);
        return new DayBar(bar.session(), first, high, low, last, volume);
    }
}
