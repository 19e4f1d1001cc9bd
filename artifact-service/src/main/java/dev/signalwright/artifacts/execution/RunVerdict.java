package dev.signalwright.artifacts.execution;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a run stands, decided from the newest try of each task:
 *
 * <ul>
 *   <li>running, until {@code deliver_artifacts} has reported, which runs last and whatever happened before;
 *   <li>failed, when a task failed, was refused for good, or ran out of tries; its reason is the first such task's;
 *   <li>skipped, when {@code preflight} was skipped; its reason is preflight's;
 *   <li>else success. A run is degraded when any task is.
 * </ul>
 *
 * @param state how it stands
 * @param degraded whether a task did its work in a lesser way
 * @param reason why it failed, was skipped or is degraded
 */
record RunVerdict(ExecutionState state, boolean degraded, Optional<String> reason) {
    private static final String LAST_TASK = "deliver_artifacts";
    private static final String FIRST_TASK = "preflight";
    private static final Set<String> FAILURES = Set.of("failed", "refused", "try_again");

    /** The newest try of each task, in the order in which the tasks first reported. */
    static List<TaskResult> newestTries(Collection<TaskResult> results) {
        Map<String, TaskResult> newest = new LinkedHashMap<>();
        results.stream()
                .sorted(Comparator.comparing(TaskResult::at))
                .forEach(result -> newest.merge(
                        result.taskId() + "/" + result.mapIndex(),
                        result,
                        (old, other) -> other.tryNumber() >= old.tryNumber() ? other : old));
        return List.copyOf(newest.values());
    }

    /** @param tasks what {@link #newestTries} gave */
    static RunVerdict of(List<TaskResult> tasks) {
        Optional<TaskResult> degraded =
                tasks.stream().filter(TaskResult::degraded).findFirst();
        boolean over = tasks.stream().anyMatch(task -> task.taskId().equals(LAST_TASK));
        if (!over) {
            return new RunVerdict(
                    ExecutionState.RUNNING, degraded.isPresent(), degraded.flatMap(TaskResult::degradedReason));
        }
        // The delivering task fails by the name of those that failed before it: their own sentences say more.
        Optional<TaskResult> failed = tasks.stream()
                .filter(task -> FAILURES.contains(task.outcome()))
                .min(Comparator.comparing((TaskResult task) -> task.taskId().equals(LAST_TASK)));
        if (failed.isPresent()) {
            return new RunVerdict(ExecutionState.FAILED, degraded.isPresent(), failed.map(RunVerdict::sentence));
        }
        Optional<TaskResult> skipped = tasks.stream()
                .filter(task -> task.taskId().equals(FIRST_TASK) && task.ended("skipped"))
                .findFirst();
        if (skipped.isPresent()) {
            return new RunVerdict(ExecutionState.SKIPPED, degraded.isPresent(), skipped.flatMap(TaskResult::reason));
        }
        return new RunVerdict(
                ExecutionState.SUCCESS, degraded.isPresent(), degraded.flatMap(TaskResult::degradedReason));
    }

    private static String sentence(TaskResult task) {
        return task.taskId() + ": " + task.reason().orElse("no reason was given");
    }
}
