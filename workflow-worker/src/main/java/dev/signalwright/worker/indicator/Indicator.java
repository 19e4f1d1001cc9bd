package dev.signalwright.worker.indicator;

import java.util.Locale;

/** The indicators of a chart. {@link #column()} is the name in {@code chart_data}. */
public enum Indicator {
    SMA_20,
    SMA_50,
    SMA_200,
    BB_UPPER,
    BB_MIDDLE,
    BB_LOWER,
    SUPERTREND,
    MACD,
    MACD_SIGNAL,
    MACD_HIST,
    RSI_14,
    VOLUME_SMA_20;

    /** The lower-case name used in JSON. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
