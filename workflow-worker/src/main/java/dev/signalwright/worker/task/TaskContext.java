package dev.signalwright.worker.task;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where in Airflow this process runs: contract section 2, the {@code WORKFLOW_*} environment.
 *
 * @param runId Airflow's run id
 * @param mapIndex -1 for tasks that are not mapped
 * @param tryNumber from 1
 * @param runType {@code manual}, {@code scheduled}, {@code backfill} or {@code asset_triggered}
 * @param runAfter when the run was due
 * @param requestedAsOf the trigger's {@code as_of} as typed (an instant or an ISO date); empty when none was given
 * @param symbols upper-case tickers, in order, without doubles
 * @param taskStates states of the run's other tasks by task id; only {@code deliver_artifacts} is given them
 */
public record TaskContext(
        String dagId,
        String runId,
        String taskId,
        int mapIndex,
        int tryNumber,
        String runType,
        Instant runAfter,
        Optional<String> requestedAsOf,
        List<String> symbols,
        Map<String, String> taskStates) {

    public TaskContext {
        symbols = List.copyOf(symbols);
        taskStates = Map.copyOf(taskStates);
    }
}
