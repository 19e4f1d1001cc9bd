package dev.signalwright.worker.account;

import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.task.WorkflowTask;

/** What the wiring needs of this room. */
public final class AccountTasks {
    private AccountTasks() {}

    /** {@code get_trades}. */
    public static WorkflowTask trades(Broker broker) {
        return new GatewayReadTask("get_trades", broker, new Trades());
    }

    /** {@code get_portfolio}. */
    public static WorkflowTask portfolio(Broker broker) {
        return new GatewayReadTask("get_portfolio", broker, new Portfolio());
    }
}
