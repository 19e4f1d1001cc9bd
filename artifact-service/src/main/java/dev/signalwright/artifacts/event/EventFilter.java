package dev.signalwright.artifacts.event;

import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.QueryParameters;
import dev.signalwright.artifacts.change.RecordedChange;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a listener wants to hear of.
 *
 * @param kinds kinds of change; empty for all
 * @param types types of artifact; empty for all. A change of a run has none and is not held back by it
 * @param execution only of this run
 * @param executionId only of runs with Airflow's run id
 * @param dagId only of this workflow
 */
record EventFilter(
        Set<String> kinds,
        Set<String> types,
        Optional<UUID> execution,
        Optional<String> executionId,
        Optional<String> dagId) {
    static final Set<String> PARAMETERS = Set.of("kind", "type", "execution", "execution_id", "dag_id");

    private static final Set<String> KINDS =
            Set.of("artifact.created", "artifact.updated", "artifact.deleted", "execution.changed");

    static EventFilter of(MultivaluedMap<String, String> sent) {
        QueryParameters parameters = QueryParameters.of(sent, PARAMETERS);
        return new EventFilter(
                words(parameters, "kind", KINDS::contains, String.join(", ", new TreeSet<>(KINDS))),
                words(
                        parameters,
                        "type",
                        word -> ArtifactType.ofWire(word).isPresent(),
                        Arrays.stream(ArtifactType.values())
                                .map(ArtifactType::wire)
                                .collect(Collectors.joining(", "))),
                parameters.text("execution").map(EventFilter::uuid),
                parameters.text("execution_id"),
                parameters.text("dag_id"));
    }

    private static Set<String> words(QueryParameters parameters, String name, Predicate<String> isKnown, String known) {
        Set<String> words = parameters
                .text(name)
                .map(text ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet()))
                .orElse(Set.of());
        if (!words.stream().allMatch(isKnown)) {
            throw QueryParameters.refused(name, "must be a list with commas of: " + known);
        }
        return Set.copyOf(words);
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw QueryParameters.refused("execution", "must be the id of an execution");
        }
    }

    boolean lets(RecordedChange change) {
        return (kinds.isEmpty() || kinds.contains(change.kind()))
                && (types.isEmpty()
                        || change.type()
                                .map(types::contains)
                                .orElse(change.artifactId().isEmpty()))
                && (execution.isEmpty() || execution.equals(change.executionUuid()))
                && (executionId.isEmpty() || executionId.equals(change.executionId()))
                && (dagId.isEmpty() || dagId.equals(change.dagId()));
    }
}
