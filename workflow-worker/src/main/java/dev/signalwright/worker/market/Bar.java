package dev.signalwright.worker.market;

import java.time.LocalDate;

/**
 * One complete bar.
 *
 * @param date the session of a daily bar; the last session of the week for a weekly bar
 * @param open in the instrument's currency, adjusted for splits up to the series' adjustment date
 * @param volume in shares; a double because the broker reports decimal volumes
 */
public record Bar(LocalDate date, double open, double high, double low, double close, double volume) {
    public Bar {
        if (!(low > 0 && low <= open && low <= close && high >= open && high >= close)
                || !(volume >= 0)
                || Double.isInfinite(high)
                || Double.isInfinite(volume)) {
            throw new IllegalArgumentException("The bar of " + date + " is not a bar: open " + open + ", high " + high
                    + ", low " + low + ", close " + close + ", volume " + volume + ".");
        }
    }
}
