package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.Origin;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a stored signal says that matters for an order.
 *
 * @param outcome {@code DECIDED}, {@code ABSTAINED}, {@code FAILED} or {@code SKIPPED}
 * @param action {@code BUY}, {@code SELL} or {@code HOLD}; empty when nothing was decided
 * @param origin the worst origin of the whole chain behind it
 * @param reasons why it is not actionable, or why nothing was decided
 */
record SignalFacts(
        String id,
        String contentSha256,
        Origin origin,
        String outcome,
        String action,
        boolean actionable,
        String reasons,
        Optional<BigDecimal> entry,
        Optional<BigDecimal> stop) {

    static SignalFacts of(Artifact signal) {
        JsonNode data = signal.json().path("signal_data");
        StringBuilder reasons = new StringBuilder();
        data.path("reasons")
                .forEach(reason -> reasons.append(reasons.isEmpty() ? "" : "; ").append(reason.asText()));
        return new SignalFacts(
                signal.id(),
                signal.contentSha256(),
                signal.origin(),
                data.path("outcome").asText(),
                signal.json().path("action").asText(),
                data.path("is_actionable").asBoolean(),
                reasons.toString(),
                price(data.path("entry_price")),
                price(data.path("stop_loss")));
    }

    private static Optional<BigDecimal> price(JsonNode number) {
        return number.isNumber() && number.decimalValue().signum() > 0
                ? Optional.of(number.decimalValue())
                : Optional.empty();
    }
}
