package dev.signalwright.artifacts.pages.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An artifact in a list.
 *
 * @param note one line about it
 * @param picture address of its picture; empty without one
 */
public record ArtifactCard(String title, String href, String note, String picture) {
    private static final String RUN_WIDE = "Whole run";

    /**
     * The artifacts of one symbol, or of the whole run.
     *
     * @param pictures those that carry one
     * @param others the rest, listed in lines
     */
    public record Group(String name, List<ArtifactCard> pictures, List<ArtifactCard> others) {}

    /** Symbols first, in the order of their first artifact; account-wide ones last. Task results are not among them. */
    public static List<Group> groups(RunRecord run) {
        Map<String, List<ArtifactOutline>> bySymbol = new LinkedHashMap<>();
        List<ArtifactOutline> runWide = new ArrayList<>();
        for (ArtifactOutline outline : run.newest()) {
            if (outline.type() != ArtifactType.TASK_RESULT) {
                outline.symbol()
                        .map(symbol -> bySymbol.computeIfAbsent(symbol, ignored -> new ArrayList<>()))
                        .orElse(runWide)
                        .add(outline);
            }
        }
        List<Group> groups = new ArrayList<>();
        bySymbol.forEach((symbol, outlines) -> groups.add(group(symbol, outlines)));
        if (!runWide.isEmpty()) {
            groups.add(group(RUN_WIDE, runWide));
        }
        return groups;
    }

    private static Group group(String name, List<ArtifactOutline> outlines) {
        List<ArtifactCard> cards = outlines.stream().map(ArtifactCard::of).toList();
        return new Group(
                name,
                cards.stream()
                        .filter(card -> !card.picture().isEmpty())
                        .sorted(Comparator.comparing(ArtifactCard::title))
                        .toList(),
                cards.stream().filter(card -> card.picture().isEmpty()).toList());
    }

    public static ArtifactCard of(ArtifactOutline outline) {
        boolean pictured =
                outline.type() == ArtifactType.CHART && outline.blobSize().isPresent();
        return new ArtifactCard(
                title(outline),
                "/artifacts/" + outline.id(),
                note(outline),
                pictured ? "/api/artifacts/" + outline.id() + "/content" : "");
    }

    /** Without the symbol, which stands above it. */
    private static String title(ArtifactOutline outline) {
        String held = outline.signalData().path("artifact_type").asText();
        return switch (outline.type()) {
            case CHART -> Words.chart(outline.chartType().or(() -> java.util.Optional.of(outline.name())));
            case SIGNAL -> held.isEmpty() ? "Signal" : Words.humanised(held);
            case TASK_RESULT -> Words.task(outline.taskId().orElse(outline.name()));
            default -> Words.type(outline.type());
        };
    }

    private static String note(ArtifactOutline outline) {
        JsonNode data = outline.data();
        return switch (outline.type()) {
            case SIGNAL ->
                outline.action().isPresent()
                        ? State.ofAction(outline.action().orElse("")).word()
                                + outline.confidence()
                                        .map(share -> ", " + Numbers.percent(share))
                                        .orElse("")
                        : Decision.reason(outline);
            case MARKET_DATA ->
                data.has("bars") ? Numbers.whole(data.path("bars").asInt()) + " daily bars" : "";
            case CHART -> outline.blobSize().map(Numbers::bytes).orElse("No picture was sent");
            case LLM -> outline.modelName().map(Analyst::words).orElse("");
            case PREFLIGHT -> checks(data);
            case TASK_RESULT -> Words.sentence(data.path("reason").asText());
            case ORDER, TRADE, PORTFOLIO, MLFLOW_RUN, OUTCOME ->
                Words.sentence(data.path("reason").asText());
        };
    }

    private static String checks(JsonNode data) {
        long all = data.path("checks").size();
        long good = data.path("checks")
                .valueStream()
                .filter(check -> check.path("ok").asBoolean())
                .count();
        return all == 0 ? "" : good + " of " + all + " checks passed";
    }
}
