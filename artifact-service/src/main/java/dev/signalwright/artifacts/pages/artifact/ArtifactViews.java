package dev.signalwright.artifacts.pages.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.MarketBars;
import dev.signalwright.artifacts.pages.content.Bars;
import dev.signalwright.artifacts.pages.content.ChartRows;
import dev.signalwright.artifacts.pages.content.ChartWords;
import dev.signalwright.artifacts.pages.content.Checks;
import dev.signalwright.artifacts.pages.content.DataParts;
import dev.signalwright.artifacts.pages.content.Exchange;
import dev.signalwright.artifacts.pages.content.Picture;
import dev.signalwright.artifacts.pages.content.SymbolOutcomes;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.Prose;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.Analyst;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the page of an artifact by what it holds. */
@Singleton
final class ArtifactViews {
    private static final Set<String> BAR_MEMBERS = Set.of("columns", "rows", "adjustment_after_as_of");
    private static final Set<String> CHECK_MEMBERS = Set.of("checks", "market");
    private static final Set<String> SAID_ABOVE = Set.of("reason", "degraded_reason", "symbols");

    private final Artifacts artifacts;

    ArtifactViews(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    ArtifactView of(Artifact artifact, ArtifactHead head) {
        return switch (artifact.type()) {
            case MARKET_DATA -> bars(artifact, head);
            case CHART -> chart(artifact, head);
            case LLM -> analysis(artifact, head);
            case PREFLIGHT -> preflight(artifact, head);
            default -> other(artifact, head);
        };
    }

    private ArtifactView bars(Artifact artifact, ArtifactHead head) {
        JsonNode data = artifact.produced().path("data");
        String currency = data.path("currency").asText();
        Optional<MarketBars> bars = artifacts.marketBars(artifact.id());
        List<String> warnings = new ArrayList<>();
        if (data.path("adjustment_after_as_of").asBoolean()) {
            warnings.add("These prices were adjusted for a split that came after the day they are used for, so what is"
                    + " made from them does not count as proof.");
        }
        DataParts parts = DataParts.of(data, BAR_MEMBERS);
        String lead = bars.filter(all -> !all.bars().isEmpty())
                .map(all -> Numbers.whole(all.bars().size()) + " daily bars of "
                        + artifact.symbol().orElse("a symbol")
                        + ", the last of " + all.bars().getFirst().path("date").asText() + " with a close of "
                        + (Numbers.price(all.bars().getFirst().path("close")) + " " + currency).strip() + ".")
                .orElse("No bars are stored in this artifact.");
        return view(
                artifact,
                head,
                lead,
                warnings,
                Optional.empty(),
                "About these bars",
                parts.facts(),
                bars.map(all -> List.of(Bars.table(all, currency))).orElse(List.of()),
                parts);
    }

    private ArtifactView chart(Artifact artifact, ArtifactHead head) {
        JsonNode data = artifact.produced().path("chart_data");
        Optional<Picture> picture = Picture.of(artifact, artifacts);
        List<String> warnings = picture.isEmpty()
                ? List.of("No picture was stored with this chart; its sender gave "
                        + artifact.text("image_path")
                                .map(path -> "the path " + path)
                                .orElse("none") + ".")
                : List.of();
        boolean ours = data.path("columns").isArray();
        DataParts rest = ours ? DataParts.NONE : DataParts.of(data, Set.of());
        Optional<MarketBars> snapshot = ours ? Optional.empty() : artifacts.marketBars(artifact.id());
        return view(
                artifact,
                head,
                ChartWords.sentence(artifact),
                warnings,
                picture,
                ours ? "At the last bar" : "Values",
                ours ? ChartWords.values(artifact) : rest.facts(),
                ours
                        ? List.of(ChartRows.table(data))
                        : snapshot.map(all -> List.of(Bars.table(all, ""))).orElse(rest.tables()),
                rest);
    }

    private ArtifactView analysis(Artifact artifact, ArtifactHead head) {
        String who = artifact.text("model_name").map(Analyst::words).orElse("An analyst that is not named");
        boolean answered =
                artifact.text("response").filter(reply -> !reply.isBlank()).isPresent();
        String lead = who + (answered ? " read " : " gave no answer about ")
                + artifact.symbol().map(symbol -> "the charts of " + symbol).orElse("the charts") + ".";
        return view(
                artifact,
                head,
                lead,
                List.of(),
                Optional.empty(),
                "Result",
                List.of(),
                List.of(),
                DataParts.of(artifact.produced().path("data"), Set.of()));
    }

    private ArtifactView preflight(Artifact artifact, ArtifactHead head) {
        JsonNode data = artifact.produced().path("data");
        DataParts parts = DataParts.of(data, CHECK_MEMBERS);
        return view(
                artifact,
                head,
                Checks.sentence(data),
                List.of(),
                Optional.empty(),
                "Session",
                parts.facts(),
                data.path("checks").isEmpty() ? parts.tables() : List.of(Checks.table(data.path("checks"))),
                parts);
    }

    private ArtifactView other(Artifact artifact, ArtifactHead head) {
        JsonNode data = artifact.produced().path("data");
        DataParts parts = DataParts.of(data, SAID_ABOVE);
        List<String> warnings = data.path("degraded").asBoolean()
                ? List.of(Words.sentence(
                        data.path("degraded_reason").asText("This task was degraded and gave no reason")))
                : List.of();
        List<Table> tables = new ArrayList<>(parts.tables());
        if (!data.path("symbols").isEmpty()) {
            tables.addFirst(SymbolOutcomes.table(data.path("symbols")));
        }
        return view(
                artifact,
                head,
                Words.sentence(data.path("reason").asText()),
                warnings,
                Optional.empty(),
                "What it says",
                parts.facts(),
                tables,
                parts);
    }

    private ArtifactView view(
            Artifact artifact,
            ArtifactHead head,
            String lead,
            List<String> warnings,
            Optional<Picture> picture,
            String factsTitle,
            List<Fact> facts,
            List<Table> tables,
            DataParts rest) {
        return new ArtifactView(
                head,
                lead,
                warnings,
                picture,
                factsTitle,
                facts,
                tables,
                rest.tree(),
                Exchange.of(artifact),
                Exchange.reasoning(artifact).map(Prose::of),
                Lineage.of(artifact, artifacts).steps());
    }
}
