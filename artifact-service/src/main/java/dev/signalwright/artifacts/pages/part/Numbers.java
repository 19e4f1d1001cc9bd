package dev.signalwright.artifacts.pages.part;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them: thousands apart, a real minus sign, the decimals of the kind. */
public final class Numbers {
    /** Stands where there is no number. */
    public static final String NONE = "–";

    private Numbers() {}

    /** Two decimals; four below ten, where they tell something. */
    public static String price(double value) {
        return format(Math.abs(value) < 10 ? "#,##0.00##" : "#,##0.00", value);
    }

    public static String price(JsonNode node) {
        return node.isNumber() ? price(node.doubleValue()) : NONE;
    }

    /** Two decimals always, for columns of indicators. */
    public static String twoDecimals(double value) {
        return format("#,##0.00", value);
    }

    public static String percent(double share) {
        return format("0.0", share * 100) + " %";
    }

    public static String signed(String pattern, double value) {
        return (value > 0 ? "+" : "") + format(pattern, value);
    }

    public static String whole(double value) {
        return format("#,##0", value);
    }

    /** A number of unknown kind: as it is when whole or short, else four decimals. */
    static String plain(JsonNode node) {
        BigDecimal exact = node.decimalValue();
        boolean small = exact.abs().compareTo(BigDecimal.ONE) < 0;
        BigDecimal cut = exact.setScale(small ? 6 : 4, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return format(small ? "0.######" : "#,##0.####", cut.doubleValue());
    }

    public static String seconds(double seconds) {
        if (seconds < 60) {
            return format(seconds < 10 ? "0.0" : "0", seconds) + " s";
        }
        long whole = Math.round(seconds);
        return whole < 3_600
                ? whole / 60 + " min " + "%02d s".formatted(whole % 60)
                : whole / 3_600 + " h " + "%02d min".formatted(whole % 3_600 / 60);
    }

    public static String bytes(long size) {
        if (size < 1_000) {
            return size + " bytes";
        }
        return size < 1_000_000 ? format("0.0", size / 1_000.0) + " KB" : format("0.0", size / 1_000_000.0) + " MB";
    }

    private static String format(String pattern, double value) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setMinusSign('−');
        return new DecimalFormat(pattern, symbols).format(value);
    }
}
