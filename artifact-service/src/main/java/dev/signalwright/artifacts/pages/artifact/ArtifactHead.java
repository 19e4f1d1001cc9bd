package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.pages.content.ChartWords;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.JsonTree;
import dev.signalwright.artifacts.pages.part.Link;
import dev.signalwright.artifacts.pages.part.Moment;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.OriginBadge;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.RunTitle;
import io.quarkus.qute.RawString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands at the top and at the end of every artifact's page.
 *
 * @param crumbs from the list down to here; the last one is this page
 * @param hashes for checking
 * @param place where it was made
 * @param metadata as a tree; empty when there is none
 * @param json address of its JSON. Not called raw: that is a word of the template language
 */
record ArtifactHead(
        String title,
        OriginBadge badge,
        List<Link> crumbs,
        List<Fact> place,
        List<Fact> hashes,
        Optional<RawString> metadata,
        String json) {

    /** @param run the title of its run; empty when it belongs to none */
    static ArtifactHead of(Artifact artifact, Optional<RunTitle> run) {
        String title = title(artifact);
        return new ArtifactHead(
                title,
                OriginBadge.of(artifact.origin(), artifact.asOf()),
                crumbs(artifact, title, run),
                place(artifact),
                hashes(artifact),
                artifact.metadata().isEmpty() ? Optional.empty() : Optional.of(JsonTree.of(artifact.metadata())),
                "/api/artifacts/" + artifact.id());
    }

    static String title(Artifact artifact) {
        String held =
                artifact.produced().path("signal_data").path("artifact_type").asText();
        String what = switch (artifact.type()) {
            case CHART -> ChartWords.title(artifact);
            case TASK_RESULT ->
                "Result of “" + Words.task(artifact.place().taskId().orElse(artifact.name())) + "”";
            case SIGNAL -> held.isEmpty() ? "Signal" : Words.humanised(held);
            default -> Words.type(artifact.type());
        };
        return artifact.symbol().map(symbol -> symbol + ", " + lower(what)).orElse(what);
    }

    private static String lower(String words) {
        boolean name = words.length() > 1 && Character.isUpperCase(words.charAt(1));
        return name ? words : Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }

    private static List<Link> crumbs(Artifact artifact, String title, Optional<RunTitle> run) {
        List<Link> crumbs = new ArrayList<>();
        artifact.place()
                .executionUuid()
                .ifPresentOrElse(
                        id -> {
                            crumbs.add(new Link("Executions", "/executions"));
                            crumbs.add(new Link(run.map(RunTitle::brief).orElse("Run"), "/executions/" + id));
                        },
                        () -> crumbs.add(new Link("Artifacts", "/artifacts")));
        if (artifact.type() != ArtifactType.TASK_RESULT) {
            artifact.place().taskId().ifPresent(task -> crumbs.add(new Link(Words.task(task), "")));
        }
        crumbs.add(new Link(title, ""));
        return crumbs;
    }

    private static List<Fact> place(Artifact artifact) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("Stored", Moment.full(artifact.createdAt())));
        artifact.spooledAt().ifPresent(at -> facts.add(Fact.of("Made, delivered later", Moment.full(at))));
        artifact.asOf().ifPresent(at -> facts.add(Fact.of("Decides for", Moment.full(at))));
        artifact.place().taskId().ifPresent(task -> facts.add(Fact.of("Task", Words.task(task))));
        artifact.place().tryNumber().ifPresent(number -> facts.add(Fact.of("Try", String.valueOf(number))));
        artifact.place().workflowId().ifPresent(id -> facts.add(Fact.of("Workflow", id)));
        artifact.place().executionId().ifPresent(id -> facts.add(Fact.of("Run", id)));
        artifact.mlflowRunId().ifPresent(id -> facts.add(Fact.of("MLflow run", id)));
        return facts;
    }

    private static List<Fact> hashes(Artifact artifact) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("Content, SHA-256", artifact.contentSha256()));
        artifact.blob()
                .ifPresent(blob -> facts.add(Fact.of(
                        "File, SHA-256",
                        blob.sha256() + " (" + blob.mediaType() + ", " + Numbers.bytes(blob.size()) + ")")));
        String pixels =
                artifact.produced().path("chart_data").path("pixels_sha256").asText();
        if (!pixels.isEmpty()) {
            facts.add(Fact.of("Pixels, SHA-256", pixels));
        }
        facts.add(Fact.of("Id", artifact.id().toString()));
        artifact.key().ifPresent(key -> facts.add(Fact.of("Key", key)));
        return facts;
    }
}
