package dev.signalwright.artifacts.pages.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One symbol's row among the decisions of a run.
 *
 * @param href the signal's page; empty when no signal was made
 * @param reason why nothing was decided, or why it is not to be traded; a sentence
 * @param order what became of an order
 */
public record Decision(
        String symbol,
        String href,
        State action,
        boolean decided,
        String confidence,
        String entry,
        String stop,
        String target,
        String reward,
        String reason,
        String order,
        String orderHref) {

    /** The reason as it goes on after a dash. */
    public String whyNot() {
        return Words.uncapitalSentence(reason);
    }

    public static Decision of(RunRecord run, String symbol) {
        return run.of(ArtifactType.SIGNAL, symbol)
                .map(signal -> ofSignal(run, symbol, signal))
                .orElseGet(() -> missing(run, symbol));
    }

    private static Decision ofSignal(RunRecord run, String symbol, ArtifactOutline signal) {
        JsonNode data = signal.signalData();
        Optional<ArtifactOutline> order = run.of(ArtifactType.ORDER, symbol);
        return new Decision(
                symbol,
                "/artifacts/" + signal.id(),
                State.ofAction(signal.action().orElse("")),
                signal.action().isPresent(),
                signal.confidence().map(Numbers::percent).orElse(Numbers.NONE),
                Numbers.price(data.path("entry_price")),
                Numbers.price(data.path("stop_loss")),
                Numbers.price(data.path("take_profit")),
                Numbers.price(data.path("r_multiple")),
                reason(signal),
                order.map(Decision::orderWords).orElseGet(() -> noOrder(run, symbol)),
                order.map(made -> "/artifacts/" + made.id()).orElse(""));
    }

    /** The first sentence of the reasoning of a decision; else why nothing was decided. */
    static String reason(ArtifactOutline signal) {
        String reasoned =
                Words.firstSentence(signal.signalData().path("reasoning").asText());
        if (signal.action().isPresent() && !reasoned.isEmpty()) {
            return reasoned;
        }
        List<String> reasons = signal.signalData()
                .path("reasons")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        if (!reasons.isEmpty()) {
            return Words.sentence(String.join("; ", reasons));
        }
        return signal.action().isPresent() || !reasoned.isEmpty() ? reasoned : "The signal's sender gave no reason.";
    }

    private static String orderWords(ArtifactOutline order) {
        JsonNode data = order.data();
        String state = data.path("state").asText(data.path("status").asText());
        String quantity = data.path("quantity").asText();
        if (state.equals("none")) {
            return "Not sent";
        }
        return quantity.isEmpty() ? Words.humanised(state) : Words.humanised(state) + ", " + quantity;
    }

    private static String noOrder(RunRecord run, String symbol) {
        String why = Optional.ofNullable(run.taskResults().get("place_order"))
                .map(result -> result.data()
                        .path("symbols")
                        .path(symbol)
                        .path("reason")
                        .asText())
                .orElse("");
        return why.isEmpty() ? "None" : Words.sentence("None: " + why);
    }

    /** No signal was stored: the first task that could not do its part for the symbol says why. */
    private static Decision missing(RunRecord run, String symbol) {
        String reason = "";
        for (Map.Entry<String, ArtifactOutline> result : run.taskResults().entrySet()) {
            JsonNode outcome = result.getValue().data().path("symbols").path(symbol);
            if (reason.isEmpty()
                    && !outcome.isMissingNode()
                    && !outcome.path("outcome").asText().equals("done")) {
                reason = Words.sentence(outcome.path("reason").asText());
            }
        }
        return new Decision(
                symbol,
                "",
                State.ofAction(""),
                false,
                "",
                "",
                "",
                "",
                "",
                reason.isEmpty() ? "No signal has arrived." : reason,
                "None",
                "");
    }
}
