package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which members of artifacts an answer carries; {@code id} always. Members that stand in columns of their own are read
 * without the content.
 *
 * @param names empty for all
 */
record ArtifactFields(Set<String> names) {
    static final ArtifactFields ALL = new ArtifactFields(Set.of());

    private static final Set<String> COLUMNS = Set.of(
            "id",
            "key",
            "name",
            "type",
            "symbol",
            "workflow_id",
            "execution_id",
            "dag_id",
            "task_id",
            "step_name",
            "map_index",
            "try_number",
            "model_name",
            "chart_type",
            "action",
            "image_path",
            "origin",
            "run_id",
            "experiment_id",
            "metadata",
            "content_sha256",
            "blob",
            "created_at",
            "updated_at",
            "spooled_at");
    private static final Set<String> CONTENT = Set.of(
            "as_of",
            "prompt",
            "response",
            "prompt_length",
            "response_length",
            "chart_data",
            "confidence",
            "signal_data",
            "data",
            "parents");

    ArtifactFields {
        names = Set.copyOf(names);
    }

    /** Reads a list with commas. */
    static ArtifactFields of(String text) {
        Set<String> names = new LinkedHashSet<>(List.of("id"));
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            if (!COLUMNS.contains(name) && !CONTENT.contains(name)) {
                Set<String> known = new TreeSet<>(COLUMNS);
                known.addAll(CONTENT);
                throw QueryParameters.refused(
                        "fields",
                        "names `%s`, which no artifact has; known are %s"
                                .formatted(
                                        name.length() > 60 ? name.substring(0, 60) : name, String.join(", ", known)));
            }
            names.add(name);
        }
        return new ArtifactFields(names);
    }

    /** Whether the content itself has to be read. */
    boolean needContent() {
        return names.isEmpty() || names.stream().anyMatch(CONTENT::contains);
    }

    ObjectNode of(ObjectNode artifact) {
        return names.isEmpty() ? artifact : artifact.retain(names);
    }
}
