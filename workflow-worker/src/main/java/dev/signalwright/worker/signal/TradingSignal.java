package dev.signalwright.worker.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One symbol's signal, ready to be handed over. {@link #produced()} gives the members of contract section 1: an
 * {@code action} and a {@code confidence} are there if and only if it was decided.
 */
public sealed interface TradingSignal {
    BigDecimal HIGH = new BigDecimal("0.80");
    BigDecimal MEDIUM = new BigDecimal("0.50");

    Decision decision();

    /** One sentence for a person: what was decided, or why nothing was. */
    String sentence();

    /** The produced members of the artifact. */
    ObjectNode produced();

    /**
     * An analyst chose.
     *
     * @param proposal what it chose
     * @param plan the checked prices; empty when there is nothing to trade on
     * @param reasons why it is not actionable; empty when it is
     * @param confidenceMeaning what the confidence is, for a person
     * @param timeframe what was looked at, for example {@code daily and weekly}
     */
    record Decided(
            Proposal proposal,
            Optional<TradePlan> plan,
            List<String> reasons,
            String confidenceMeaning,
            String timeframe)
            implements TradingSignal {
        public Decided {
            reasons = List.copyOf(reasons);
        }

        @Override
        public Decision decision() {
            return Decision.DECIDED;
        }

        @Override
        public String sentence() {
            return proposal.action() + " with confidence " + score() + " of 100"
                    + (reasons.isEmpty() ? "." : ", not to be traded: " + String.join("; ", reasons) + ".");
        }

        @Override
        public ObjectNode produced() {
            ObjectNode produced = Json.object()
                    .put("action", proposal.action().name())
                    .put("confidence", proposal.confidence().doubleValue());
            ObjectNode data = produced.putObject("signal_data")
                    .put("outcome", decision().name())
                    .put("confidence_level", level())
                    .put("confidence_score", score())
                    .put("confidence_meaning", confidenceMeaning)
                    .put("reasoning", proposal.reasoning());
            proposal.keyFactors().forEach(data.putArray("key_factors")::add);
            data.put("trend", proposal.trend().wire());
            put(data, "support_level", proposal.support());
            put(data, "resistance_level", proposal.resistance());
            put(data, "entry_price", plan.map(TradePlan::entry));
            put(data, "stop_loss", plan.map(TradePlan::stop));
            put(data, "take_profit", plan.map(TradePlan::target));
            put(data, "r_multiple", plan.map(TradePlan::rMultiple));
            put(data, "position_size_percent", plan.map(RiskRule::positionPercent));
            data.put("timeframe_analyzed", timeframe).put("is_actionable", reasons.isEmpty());
            reasons.forEach(data.putArray("reasons")::add);
            return produced;
        }

        private String level() {
            if (proposal.confidence().compareTo(HIGH) >= 0) {
                return "HIGH";
            }
            return proposal.confidence().compareTo(MEDIUM) >= 0 ? "MEDIUM" : "LOW";
        }

        private int score() {
            return (int) Math.round(proposal.confidence().doubleValue() * 100);
        }

        private static void put(ObjectNode data, String name, Optional<BigDecimal> number) {
            number.ifPresentOrElse(value -> data.put(name, value.doubleValue()), () -> data.putNull(name));
        }
    }

    /**
     * Nobody chose.
     *
     * @param decision ABSTAINED, FAILED or SKIPPED
     * @param reason why, as the rest of a sentence: "the last bar is 3 sessions old"
     */
    record Undecided(Decision decision, String reason) implements TradingSignal {
        public Undecided {
            if (decision == Decision.DECIDED) {
                throw new IllegalArgumentException("A decided signal needs a proposal.");
            }
        }

        @Override
        public String sentence() {
            return "Nothing was decided: " + reason + ".";
        }

        @Override
        public ObjectNode produced() {
            ObjectNode produced = Json.object();
            produced.putObject("signal_data")
                    .put("outcome", decision.name())
                    .put("is_actionable", false)
                    .putArray("reasons")
                    .add(reason);
            return produced;
        }
    }
}
