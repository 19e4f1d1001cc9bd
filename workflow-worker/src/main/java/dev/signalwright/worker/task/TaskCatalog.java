package dev.signalwright.worker.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tasks this build can run, in the order of the workflow. Only the one that is asked for is built.
 *
 * @param makers by task name
 */
public record TaskCatalog(Map<String, Supplier<WorkflowTask>> makers) {
    public TaskCatalog {
        makers = Collections.unmodifiableMap(new LinkedHashMap<>(makers));
    }

    public List<String> names() {
        return List.copyOf(makers.keySet());
    }

    /** Builds the task; empty when there is none of that name. */
    public Optional<WorkflowTask> find(String name) {
        return Optional.ofNullable(makers.get(name)).map(Supplier::get);
    }
}
