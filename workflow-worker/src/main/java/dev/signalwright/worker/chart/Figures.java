package dev.signalwright.worker.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as a chart writes them: the same in every locale, with the real minus sign. */
final class Figures {
    private static final String MINUS = "\u2212";
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final String[] UNITS = {"", "K", "M", "B", "T"};

    private Figures() {}

    /** Two decimals, four below one. */
    static String price(double value) {
        return fixed(value, value != 0 && Math.abs(value) < 1 ? 4 : 2);
    }

    /** A share count in the unit that keeps three or four digits: {@code 573.58M}. */
    static String shares(double value) {
        BigDecimal rest = BigDecimal.valueOf(value);
        int unit = 0;
        while (rest.compareTo(THOUSAND) >= 0 && unit < UNITS.length - 1) {
            rest = rest.divide(THOUSAND);
            unit++;
        }
        return rest.setScale(unit == 0 ? 0 : 2, RoundingMode.HALF_UP).toPlainString() + UNITS[unit];
    }

    /** Like {@link #shares}, without decimals that say nothing, for axis labels. */
    static String roundShares(BigDecimal value) {
        BigDecimal rest = value;
        int unit = 0;
        while (rest.compareTo(THOUSAND) >= 0 && unit < UNITS.length - 1) {
            rest = rest.divide(THOUSAND);
            unit++;
        }
        return plain(rest) + UNITS[unit];
    }

    static String fixed(double value, int decimals) {
        return sign(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
    }

    /** With a plus sign when it is more than nothing. */
    static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        return value > 0 ? "+" + text : text;
    }

    /** All digits, no exponent, no trailing zeros. */
    static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return sign(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }

    static String sign(BigDecimal value) {
        String digits = value.abs().toPlainString();
        return value.signum() < 0 ? MINUS + digits : digits;
    }
}
