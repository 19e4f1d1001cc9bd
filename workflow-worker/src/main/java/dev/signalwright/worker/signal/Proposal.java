package dev.signalwright.worker.signal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What an analyst answered, read strictly but not yet checked against the market. It never carries a size: how much is
 * traded is computed here, not proposed.
 *
 * @param action what to do
 * @param confidence 0 to 1
 * @param trend direction of the daily chart
 * @param reasoning plain sentences
 * @param keyFactors plain sentences, the most telling first
 * @param levels where to enter, to give up and to take the profit
 * @param support price below which buyers are expected, in the instrument's currency
 * @param resistance price above which sellers are expected, in the instrument's currency
 */
public record Proposal(
        Action action,
        BigDecimal confidence,
        Trend trend,
        String reasoning,
        List<String> keyFactors,
        Levels levels,
        Optional<BigDecimal> support,
        Optional<BigDecimal> resistance) {

    public Proposal {
        if (confidence.signum() < 0 || confidence.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("A confidence lies between 0 and 1, not at " + confidence + ".");
        }
        keyFactors = List.copyOf(keyFactors);
    }

    /** Prices as proposed, in the instrument's currency; each may be missing or nonsense. */
    public record Levels(Optional<BigDecimal> entry, Optional<BigDecimal> stop, Optional<BigDecimal> target) {
        public static final Levels NONE = new Levels(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
