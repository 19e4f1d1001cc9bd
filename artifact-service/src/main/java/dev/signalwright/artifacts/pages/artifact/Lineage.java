package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.pages.content.ChartWords;
import dev.signalwright.artifacts.pages.part.Link;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.Analyst;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The line an artifact stands in: what it was made from and what was made from it.
 *
 * @param line everything in it, by id, the artifact itself included
 */
record Lineage(Artifact self, Map<UUID, Artifact> line) {
    private static final int MOST = 40;
    private static final List<ArtifactType> STEPS = List.of(
            ArtifactType.MARKET_DATA, ArtifactType.CHART, ArtifactType.LLM, ArtifactType.SIGNAL, ArtifactType.ORDER);

    /**
     * One step of the strip.
     *
     * @param links the artifacts of this step; empty when there is none
     * @param note about them
     * @param current true for the step of this page
     */
    record Step(String name, List<Link> links, String note, boolean current) {}

    static Lineage of(Artifact artifact, Artifacts artifacts) {
        Map<UUID, Artifact> line = new LinkedHashMap<>();
        walk(artifact, artifacts::parents, line);
        walk(artifact, made -> artifacts.children(made.id()), line);
        return new Lineage(artifact, line);
    }

    /** Bounded: a foreign client may link anything with anything. */
    private static void walk(Artifact from, Function<Artifact, List<Artifact>> next, Map<UUID, Artifact> line) {
        Deque<Artifact> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty() && line.size() < MOST) {
            Artifact artifact = queue.removeFirst();
            boolean isNew = line.put(artifact.id(), artifact) == null;
            if (isNew || artifact.id().equals(from.id())) {
                queue.addAll(next.apply(artifact));
            }
        }
    }

    List<Artifact> of(ArtifactType type) {
        return line.values().stream()
                .filter(artifact -> artifact.type() == type)
                .toList();
    }

    Optional<Artifact> first(ArtifactType type) {
        return of(type).stream().findFirst();
    }

    /** The strip; empty when the artifact stands alone. */
    List<Step> steps() {
        if (line.size() < 2) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        for (ArtifactType type : STEPS) {
            List<Artifact> here = of(type);
            steps.add(new Step(
                    type == ArtifactType.CHART ? "Charts" : Words.type(type),
                    here.stream().map(this::link).toList(),
                    here.isEmpty() ? absent(type) : note(type, here),
                    self.type() == type));
        }
        return steps;
    }

    private Link link(Artifact artifact) {
        String text = artifact.type() == ArtifactType.CHART ? ChartWords.title(artifact) : Words.type(artifact.type());
        return new Link(text, artifact.id().equals(self.id()) ? "" : "/artifacts/" + artifact.id());
    }

    private static String absent(ArtifactType type) {
        return type == ArtifactType.ORDER ? "None was made" : "Not linked";
    }

    private static String note(ArtifactType type, List<Artifact> here) {
        Artifact first = here.getFirst();
        return switch (type) {
            case MARKET_DATA ->
                Numbers.whole(first.produced().path("data").path("rows").size()) + " daily bars";
            case LLM -> first.text("model_name").map(Analyst::words).orElse("");
            case SIGNAL -> State.ofAction(first.text("action").orElse("")).word();
            case ORDER ->
                Words.humanised(first.produced().path("data").path("state").asText());
            default -> "";
        };
    }
}
