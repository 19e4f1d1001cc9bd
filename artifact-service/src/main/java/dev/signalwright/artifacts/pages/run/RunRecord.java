package dev.signalwright.artifacts.pages.run;

import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Origin;
import dev.signalwright.artifacts.pages.part.Moment;
import dev.signalwright.artifacts.pages.part.OriginBadge;
import dev.signalwright.artifacts.pages.part.State;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one run has stored, with older tries folded away: of artifacts that differ only in the try, the newest counts.
 *
 * @param newest in the order of storing
 */
public record RunRecord(List<ArtifactOutline> newest) {
    public static final RunRecord EMPTY = new RunRecord(List.of());

    public static RunRecord of(Collection<ArtifactOutline> outlines) {
        Map<String, ArtifactOutline> newest = new LinkedHashMap<>();
        for (ArtifactOutline outline : outlines) {
            newest.merge(sameThing(outline), outline, (a, b) -> b.tryNumber() >= a.tryNumber() ? b : a);
        }
        return new RunRecord(List.copyOf(newest.values()));
    }

    private static String sameThing(ArtifactOutline outline) {
        return outline.keyed()
                ? String.join(
                        "/",
                        outline.taskId().orElse(""),
                        outline.type().wire(),
                        outline.name(),
                        outline.symbol().orElse(""))
                : outline.id().toString();
    }

    public List<ArtifactOutline> of(ArtifactType type) {
        return newest.stream().filter(outline -> outline.type() == type).toList();
    }

    /** The newest one of a type for a symbol. */
    Optional<ArtifactOutline> of(ArtifactType type, String symbol) {
        return of(type).stream()
                .filter(outline -> outline.symbol().equals(Optional.of(symbol)))
                .filter(outline -> type != ArtifactType.SIGNAL || isDecision(outline))
                .reduce((a, b) -> b);
    }

    /** The result of each task that reported one. */
    public Map<String, ArtifactOutline> taskResults() {
        Map<String, ArtifactOutline> results = new LinkedHashMap<>();
        of(ArtifactType.TASK_RESULT)
                .forEach(result -> results.put(result.taskId().orElse(result.name()), result));
        return results;
    }

    /** Symbols in the order in which they first appear, those named only in task results included. */
    public List<String> symbols() {
        Set<String> symbols = new LinkedHashSet<>();
        newest.forEach(outline -> outline.symbol().ifPresent(symbols::add));
        for (ArtifactOutline result : of(ArtifactType.TASK_RESULT)) {
            result.data().path("symbols").fieldNames().forEachRemaining(symbols::add);
        }
        return new ArrayList<>(symbols);
    }

    Origin origin() {
        return OriginBadge.worst(newest.stream().map(ArtifactOutline::origin).toList());
    }

    public Optional<Instant> asOf() {
        return newest.stream().flatMap(outline -> outline.asOf().stream()).findFirst();
    }

    public OriginBadge badge() {
        return OriginBadge.of(origin(), asOf());
    }

    /** The session the run decides for: as preflight found it, else the day of its as-of instant. */
    public Optional<LocalDate> session() {
        return of(ArtifactType.PREFLIGHT).stream()
                .flatMap(preflight -> date(preflight.data().path("session_date").asText()).stream())
                .findFirst()
                .or(() -> asOf().map(Moment::dateInNewYork));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException garbled) {
            // A foreign client's preflight: its as-of instant still tells the day.
            return Optional.empty();
        }
    }

    /** When the first task began, as far as the results tell; else when the first artifact was made. */
    public Optional<Instant> started() {
        return newest.stream().map(RunRecord::begun).min(Instant::compareTo);
    }

    public Optional<Instant> ended() {
        return newest.stream().map(ArtifactOutline::madeAt).max(Instant::compareTo);
    }

    /** When the work behind an artifact began: task results say how long they took. */
    public static Instant begun(ArtifactOutline outline) {
        double seconds = outline.type() == ArtifactType.TASK_RESULT
                ? outline.data().path("seconds").asDouble()
                : 0;
        return outline.madeAt().minus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** Signals of old clients also carry orders and portfolios: those are no decisions. */
    public static boolean isDecision(ArtifactOutline signal) {
        return signal.symbol().isPresent() && !signal.signalData().has("artifact_type");
    }

    /** "1 buy · 2 hold", "no decision" counted last; empty when there is no signal. */
    public String decisions() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String word : List.of("Buy", "Sell", "Hold", "No decision")) {
            counts.put(word, 0);
        }
        of(ArtifactType.SIGNAL).stream()
                .filter(RunRecord::isDecision)
                .forEach(signal ->
                        counts.merge(State.ofAction(signal.action().orElse("")).word(), 1, Integer::sum));
        return String.join(
                " · ",
                counts.entrySet().stream()
                        .filter(count -> count.getValue() > 0)
                        .map(count -> count.getValue() + " " + count.getKey().toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }
}
