package dev.signalwright.worker.wiring;

import dev.signalwright.worker.task.TaskCatalog;
import dev.signalwright.worker.task.WorkflowTask;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The tasks of the workflow, by name and in its order. A new task is one more line here. */
final class TaskWiring {
    @Produces
    @Singleton
    TaskCatalog tasks() {
        Map<String, Supplier<WorkflowTask>> tasks = new LinkedHashMap<>();
        return new TaskCatalog(tasks);
    }
}
