package dev.signalwright.worker.order;

import dev.signalwright.worker.artifacts.IntentDesk;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.task.WorkflowTask;

/** What the wiring needs of this room. */
public final class OrderTasks {
    private OrderTasks() {}

    /**
     * {@code place_order}.
     *
     * @param sleeper waits between look-ups, at most a minute in all
     */
    public static WorkflowTask place(Broker broker, IntentDesk intents, Sleeper sleeper) {
        return new PlaceOrderTask(broker, intents, sleeper);
    }
}
