package dev.signalwright.artifacts.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.PageCursor;

/** The JSON of executions. */
final class ExecutionJson {
    private ExecutionJson() {}

    static ObjectNode of(Execution execution) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", execution.id().toString())
                .put("dag_id", execution.dagId())
                .put("run_id", execution.runId())
                // What artifacts call it.
                .put("execution_id", execution.runId())
                .put("state", execution.state().wire())
                .put("degraded", execution.degraded());
        execution.reason().ifPresent(reason -> json.put("reason", reason));
        execution.content().symbols().forEach(json.putArray("symbols")::add);
        ObjectNode counts = json.putObject("counts");
        execution.content().counts().forEach((type, count) -> counts.put(type.wire(), count));
        json.put(
                "artifact_count",
                execution.content().counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        json.put("created_at", execution.firstAt().toString());
        json.put("updated_at", execution.lastAt().toString());
        var tasks = json.putArray("tasks");
        execution.tasks().forEach(task -> tasks.add(of(task)));
        return json;
    }

    private static ObjectNode of(TaskResult task) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("task_id", task.taskId())
                .put("map_index", task.mapIndex())
                .put("try_number", task.tryNumber())
                .put("outcome", task.outcome())
                .put("degraded", task.degraded());
        task.reason().ifPresent(reason -> json.put("reason", reason));
        task.degradedReason().ifPresent(reason -> json.put("degraded_reason", reason));
        task.seconds().ifPresent(seconds -> json.put("seconds", seconds));
        json.set("symbols", task.symbols());
        json.put("artifact_id", task.artifactId().toString());
        json.put("created_at", task.at().toString());
        return json;
    }

    static ObjectNode of(ExecutionPage page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("executions");
        page.executions().forEach(execution -> list.add(of(execution)));
        return json.put("next_cursor", page.next().map(PageCursor::text).orElse(null));
    }
}
