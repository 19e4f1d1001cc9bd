package dev.signalwright.worker.analysis;

import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.task.WorkflowTask;
import java.util.random.RandomGenerator;

/** What the wiring needs of this room. */
public final class AnalysisTasks {
    private AnalysisTasks() {}

    /**
     * {@code analyze_with_llm}.
     *
     * @param sleeper waits between attempts at a model
     * @param random spreads those waits
     */
    public static WorkflowTask analyze(Sleeper sleeper, RandomGenerator random) {
        return new AnalyzeTask(run -> Analysts.of(run, sleeper, random));
    }
}
