package dev.signalwright.worker.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as a chart writes them: the same in every locale, with the real minus sign. */
final class Figures {
    private static final String MINUS = "\u2212";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final String[] UNITS = {"", "K", "M", "B", "T"};

    private Figures() {}

    /** Two decimals, four below one. */
    static String price(double value) {
        return fixed(value, value != 0 && Math.abs(value) < 1 ? 4 : 2);
    }

    /** Like {@link #price}, but never wider than a price tag: no decimals from 10,000 on. */
    static String tagPrice(double value) {
        return Math.abs(value) >= 10_000 ? fixed(value, 0) : price(value);
    }

    /** A share count in the unit that leaves one to three digits before the point: {@code 11.67M}, {@code 573.6M}. */
    static String shares(double value) {
        BigDecimal rest = BigDecimal.valueOf(value);
        int unit = 0;
        while (rest.compareTo(THOUSAND) >= 0 && unit < UNITS.length - 1) {
            rest = rest.divide(THOUSAND);
            unit++;
        }
        int decimals = unit == 0 ? 0 : rest.compareTo(HUNDRED) >= 0 ? 1 : 2;
        return rest.setScale(decimals, RoundingMode.HALF_UP).toPlainString() + UNITS[unit];
    }

    /** A large round number without decimals that say nothing, for labels of a scale: {@code 20M}. */
    static String rounded(BigDecimal value) {
        BigDecimal rest = value;
        int unit = 0;
        while (rest.abs().compareTo(THOUSAND) >= 0 && unit < UNITS.length - 1) {
            rest = rest.divide(THOUSAND);
            unit++;
        }
        return fixed(rest, decimals(rest)) + UNITS[unit];
    }

    /** How many decimals say something. */
    static int decimals(BigDecimal value) {
        return Math.max(0, value.stripTrailingZeros().scale());
    }

    static String fixed(double value, int decimals) {
        return fixed(BigDecimal.valueOf(value), decimals);
    }

    static String fixed(BigDecimal value, int decimals) {
        return sign(value.setScale(decimals, RoundingMode.HALF_UP));
    }

    /** With a plus sign when it is more than nothing. */
    static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        return value > 0 ? "+" + text : text;
    }

    private static String sign(BigDecimal value) {
        String digits = value.abs().toPlainString();
        return value.signum() < 0 ? MINUS + digits : digits;
    }
}
