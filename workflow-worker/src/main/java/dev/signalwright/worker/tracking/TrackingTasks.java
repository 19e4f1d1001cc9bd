package dev.signalwright.worker.tracking;

import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What the wiring needs of this room. */
public final class TrackingTasks {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private TrackingTasks() {}

    /**
     * {@code log_to_mlflow}.
     *
     * @param sleeper waits between attempts
     * @param random spreads those waits
     */
    public static WorkflowTask log(Sleeper sleeper, RandomGenerator random) {
        return new LogTask(DEADLINE, sleeper, random);
    }
}
