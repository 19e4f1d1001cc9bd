package dev.signalwright.artifacts.pages.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.pages.content.Exchange;
import dev.signalwright.artifacts.pages.content.Picture;
import dev.signalwright.artifacts.pages.content.PriceLadder;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.JsonTree;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.Prose;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.RunTitle;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The page of a signal.
 *
 * @param title symbol and session
 * @param lead why, in one sentence
 * @param confidence empty when none was stated
 * @param meaning what the confidence number means
 * @param refusals why it is not to be traded, as one sentence; empty when it may be
 * @param facts the other values
 * @param ladder empty without entry, stop and target
 * @param pictures what the analyst saw
 * @param factors key factors
 * @param exchange the analyst's prompt and reply
 */
record SignalView(
        ArtifactHead head,
        String title,
        State action,
        boolean decided,
        String lead,
        String confidence,
        String meaning,
        String refusals,
        List<Fact> facts,
        Optional<PriceLadder> ladder,
        List<Picture> pictures,
        List<String> factors,
        Optional<Prose.Text> reasoning,
        List<Lineage.Step> steps,
        Optional<Exchange> exchange,
        RawString content) {

    static SignalView of(Artifact signal, ArtifactHead head, Optional<RunTitle> run, Artifacts artifacts) {
        JsonNode data = signal.produced().path("signal_data");
        Lineage lineage = Lineage.of(signal, artifacts);
        List<Artifact> charts = lineage.of(ArtifactType.CHART);
        String action = signal.text("action").orElse("");
        String reasoning = data.path("reasoning").asText();
        List<String> reasons = texts(data.path("reasons"));
        boolean decided = !action.isEmpty();
        return new SignalView(
                head,
                title(signal, run),
                State.ofAction(action),
                decided,
                lead(decided, reasoning, reasons),
                signal.number("confidence").map(Numbers::percent).orElse(""),
                meaning(data),
                decided ? Words.sentence(String.join("; ", reasons)) : "",
                facts(data, lineage),
                ladder(data, charts, currency(lineage)),
                charts.stream()
                        .flatMap(chart -> Picture.of(chart, artifacts).stream())
                        .toList(),
                texts(data.path("key_factors")),
                reasoning.isEmpty() ? Optional.empty() : Optional.of(Prose.of(reasoning)),
                lineage.steps(),
                lineage.first(ArtifactType.LLM).flatMap(Exchange::of).or(() -> Exchange.of(signal)),
                JsonTree.of(data));
    }

    private static String title(Artifact signal, Optional<RunTitle> run) {
        String session = run.map(RunTitle::session).orElse("");
        String symbol = signal.symbol().orElse("Signal without a symbol");
        return session.isEmpty() ? symbol : symbol + ", session of " + session;
    }

    private static String lead(boolean decided, String reasoning, List<String> reasons) {
        if (decided) {
            String first = Words.firstSentence(reasoning);
            return first.isEmpty() ? "The sender of this signal gave no reason." : first;
        }
        return "Nothing was decided: "
                + (reasons.isEmpty() ? "no reason was given." : Words.uncapitalSentence(String.join("; ", reasons)));
    }

    private static String meaning(JsonNode data) {
        String stated = data.path("confidence_meaning").asText();
        return stated.isEmpty() ? "what the sender claims, not a measured chance" : stated;
    }

    private static List<Fact> facts(JsonNode data, Lineage lineage) {
        List<Fact> facts = new ArrayList<>();
        number(facts, data, "r_multiple", "Reward : risk");
        number(facts, data, "support_level", "Support");
        number(facts, data, "resistance_level", "Resistance");
        if (!data.path("trend").asText().isEmpty()) {
            facts.add(Fact.of("Trend", Words.humanised(data.path("trend").asText())));
        }
        if (data.path("position_size_percent").isNumber()) {
            facts.add(Fact.of("Position", Numbers.price(data.path("position_size_percent")) + " % of the account"));
        }
        facts.add(Fact.of("Order", order(data, lineage)));
        lineage.first(ArtifactType.MARKET_DATA).ifPresent(bars -> {
            JsonNode rows = bars.produced().path("data").path("rows");
            facts.add(Fact.of("Last bar", rows.path(rows.size() - 1).path(0).asText(Numbers.NONE)));
        });
        return facts;
    }

    private static String order(JsonNode data, Lineage lineage) {
        return lineage.first(ArtifactType.ORDER)
                .map(order -> Words.humanised(
                        order.produced().path("data").path("state").asText("made")))
                .orElse(data.path("is_actionable").asBoolean() ? "None" : "None, because it is not to be traded");
    }

    private static void number(List<Fact> facts, JsonNode data, String member, String label) {
        if (data.path(member).isNumber()) {
            facts.add(Fact.of(label, Numbers.price(data.path(member))));
        }
    }

    private static Optional<PriceLadder> ladder(JsonNode data, List<Artifact> charts, String currency) {
        JsonNode entry = data.path("entry_price");
        JsonNode stop = data.path("stop_loss");
        JsonNode target = data.path("take_profit");
        if (!entry.isNumber() || !stop.isNumber() || !target.isNumber() || entry.asDouble() <= 0) {
            return Optional.empty();
        }
        OptionalDouble close = charts.stream()
                .map(chart -> chart.produced().path("chart_data").path("last").path("close"))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .findFirst();
        return Optional.of(PriceLadder.of(entry.asDouble(), stop.asDouble(), target.asDouble(), close, currency));
    }

    private static String currency(Lineage lineage) {
        return lineage.first(ArtifactType.MARKET_DATA)
                .map(bars -> bars.produced().path("data").path("currency").asText())
                .orElse("");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream()
                .map(item -> item.isTextual() ? item.asText() : item.toString())
                .toList();
    }
}
