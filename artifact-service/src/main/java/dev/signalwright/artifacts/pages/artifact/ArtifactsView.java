package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.pages.part.Link;
import dev.signalwright.artifacts.pages.part.OriginBadge;
import dev.signalwright.artifacts.pages.run.ArtifactCard;
import dev.signalwright.artifacts.pages.run.RunRecord;
import dev.signalwright.artifacts.pages.run.RunTitle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Artifacts grouped by the run that made them, the newest run first.
 *
 * @param types what can be chosen; the chosen one is marked by its note
 * @param words what is searched for, as it was typed; empty for everything
 * @param withoutWords address of the same list without the words
 * @param refusal why nothing can be found by these words; empty when something can
 * @param symbol the chosen symbol as it was typed
 * @param run the chosen run; empty for all
 * @param filtered whether anything is chosen
 */
record ArtifactsView(
        String words,
        String withoutWords,
        String refusal,
        List<Link> types,
        String symbol,
        String run,
        boolean filtered,
        List<RunGroup> runs,
        String newest,
        String older) {

    /**
     * @param href the run's page; empty for artifacts without a run
     * @param results task results, listed in a fold
     */
    record RunGroup(
            String title,
            String href,
            OriginBadge badge,
            String decisions,
            List<ArtifactCard.Group> groups,
            List<ArtifactCard> results) {}

    /** Runs in the order of their newest artifact. */
    static List<RunGroup> grouped(List<ArtifactOutline> newestFirst) {
        Map<Optional<UUID>, List<ArtifactOutline>> byRun = new LinkedHashMap<>();
        newestFirst.forEach(outline -> byRun.computeIfAbsent(outline.executionUuid(), ignored -> new ArrayList<>())
                .addFirst(outline));
        return byRun.values().stream().map(ArtifactsView::group).toList();
    }

    private static RunGroup group(List<ArtifactOutline> outlines) {
        RunRecord run = RunRecord.of(outlines);
        ArtifactOutline first = outlines.getFirst();
        return new RunGroup(
                first.executionId()
                        .map(id -> RunTitle.of(id, run.session()).full())
                        .orElse("Without a run"),
                first.executionUuid().map(id -> "/executions/" + id).orElse(""),
                run.badge(),
                run.decisions(),
                ArtifactCard.groups(run),
                run.of(ArtifactType.TASK_RESULT).stream().map(ArtifactCard::of).toList());
    }
}
