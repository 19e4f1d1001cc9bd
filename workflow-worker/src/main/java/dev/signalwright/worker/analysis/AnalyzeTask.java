package dev.signalwright.worker.analysis;

import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.SymbolOutcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code analyze_with_llm}: one signal artifact for every configured symbol, whatever happened. */
final class AnalyzeTask implements WorkflowTask {
    private final Function<TaskRun, Analyst> analysts;

    AnalyzeTask(Function<TaskRun, Analyst> analysts) {
        this.analysts = analysts;
    }

    @Override
    public String name() {
        return "analyze_with_llm";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<RunMoment> moment = RunMoment.read(run.desk());
        if (moment.isEmpty()) {
            return TaskReport.of(Outcome.SKIPPED, "Preflight did not finish, so nothing was analysed.");
        }
        Map<String, SymbolOutcome> outcomes = new LinkedHashMap<>();
        try (Analyst analyst = analysts.apply(run)) {
            for (String symbol : run.context().symbols()) {
                outcomes.put(symbol, new SymbolAnalysis(run, moment.get(), analyst, symbol).run());
            }
        }
        return TaskReport.ofSymbols(summary(outcomes), outcomes);
    }

    private static String summary(Map<String, SymbolOutcome> outcomes) {
        StringBuilder text = new StringBuilder();
        outcomes.forEach((symbol, outcome) -> text.append(text.isEmpty() ? "" : " ")
                .append(symbol)
                .append(": ")
                .append(outcome.reason()));
        return text.isEmpty() ? "No symbols are configured." : text.toString();
    }
}
