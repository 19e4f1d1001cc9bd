package dev.signalwright.worker.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a proposal into a signal. The action stays what the analyst said; prices that do not make sense are dropped, and
 * the signal is then not actionable, with the reason. Prices are rounded to cents before they are compared, so that what
 * is checked is what is shown.
 */
public final class SignalPolicy {
    /** An entry further from the last close than this part of it is taken for a misreading. */
    public static final BigDecimal COLLAR = new BigDecimal("0.30");

    private static final int DECIMALS = 2;

    private SignalPolicy() {}

    /**
     * @param lastClose of the newest complete daily bar
     * @param confidenceMeaning what the analyst's confidence is, for a person
     * @param timeframe what the analyst looked at
     */
    public static TradingSignal decide(
            Proposal proposal, BigDecimal lastClose, String confidenceMeaning, String timeframe) {
        List<String> reasons = new ArrayList<>();
        Optional<TradePlan> plan = plan(proposal, lastClose, reasons);
        Proposal rounded = new Proposal(
                proposal.action(),
                proposal.confidence().setScale(4, RoundingMode.HALF_UP),
                proposal.trend(),
                proposal.reasoning(),
                proposal.keyFactors(),
                proposal.levels(),
                proposal.support().map(SignalPolicy::cents).filter(price -> price.signum() > 0),
                proposal.resistance().map(SignalPolicy::cents).filter(price -> price.signum() > 0));
        return new TradingSignal.Decided(rounded, plan, reasons, confidenceMeaning, timeframe);
    }

    private static Optional<TradePlan> plan(Proposal proposal, BigDecimal lastClose, List<String> reasons) {
        Action action = proposal.action();
        if (action == Action.HOLD) {
            reasons.add("HOLD asks for no trade");
            return Optional.empty();
        }
        Proposal.Levels levels = proposal.levels();
        if (levels.entry().isEmpty()
                || levels.stop().isEmpty()
                || levels.target().isEmpty()) {
            reasons.add("the entry, the stop or the target is missing");
            return Optional.empty();
        }
        BigDecimal entry = cents(levels.entry().get());
        BigDecimal stop = cents(levels.stop().get());
        BigDecimal target = cents(levels.target().get());
        check(action, entry, stop, target, reasons);
        BigDecimal distance = entry.subtract(lastClose).abs();
        if (distance.compareTo(lastClose.multiply(COLLAR)) > 0) {
            reasons.add("the entry " + entry + " is more than 30 % away from the last close " + cents(lastClose));
        }
        return reasons.isEmpty() ? Optional.of(new TradePlan(action, entry, stop, target)) : Optional.empty();
    }

    private static void check(
            Action action, BigDecimal entry, BigDecimal stop, BigDecimal target, List<String> reasons) {
        if (entry.signum() <= 0 || stop.signum() <= 0 || target.signum() <= 0) {
            reasons.add("a price is not above zero");
            return;
        }
        int towardsTarget = action == Action.BUY ? 1 : -1;
        if (entry.compareTo(stop) != towardsTarget) {
            reasons.add("the stop " + stop + " is on the wrong side of the entry " + entry + " for a " + action);
        }
        if (target.compareTo(entry) != towardsTarget) {
            reasons.add("the target " + target + " is on the wrong side of the entry " + entry + " for a " + action);
        }
    }

    private static BigDecimal cents(BigDecimal price) {
        return price.setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
