package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.IntentDesk;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.SymbolOutcome;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code place_order}. Signals that may not be traded are answered without connecting to anything; for the others one
 * session is opened. Airflow does not retry this task, so it waits for the gateway inside one process.
 */
final class PlaceOrderTask implements WorkflowTask {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int CONNECTS = 4;

    private final Broker broker;
    private final IntentDesk intents;
    private final Sleeper sleeper;

    PlaceOrderTask(Broker broker, IntentDesk intents, Sleeper sleeper) {
        this.broker = broker;
        this.intents = intents;
        this.sleeper = sleeper;
    }

    @Override
    public String name() {
        return "place_order";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<RunMoment> moment = RunMoment.read(run.desk());
        if (moment.isEmpty()) {
            return TaskReport.of(Outcome.SKIPPED, "Preflight did not finish, so nothing was ordered.");
        }
        return new Round(run, moment.get()).run();
    }

    /** One run of the task. */
    private final class Round {
        private final TaskRun run;
        private final RunMoment moment;
        private final Map<String, SymbolOutcome> outcomes = new LinkedHashMap<>();
        private final Map<String, SignalFacts> permitted = new LinkedHashMap<>();

        Round(TaskRun run, RunMoment moment) {
            this.run = run;
            this.moment = moment;
        }

        TaskReport run() {
            for (String symbol : run.context().symbols()) {
                outcomes.put(symbol, SymbolOutcome.done("")); // keeps the configured order
                gate(symbol);
            }
            if (!permitted.isEmpty()) {
                trade();
            }
            StringBuilder summary = new StringBuilder();
            outcomes.forEach((symbol, outcome) -> summary.append(summary.isEmpty() ? "" : " ")
                    .append(symbol)
                    .append(": ")
                    .append(outcome.reason()));
            return TaskReport.ofSymbols(
                    summary.isEmpty() ? "No symbols are configured." : summary.toString(), outcomes);
        }

        private void gate(String symbol) {
            Optional<SignalFacts> signal =
                    newest(ArtifactType.SIGNAL, "signal", symbol).map(SignalFacts::of);
            if (signal.isEmpty()) {
                record(symbol, signal, OrderResult.none("there is no signal"));
                return;
            }
            OrderGate.signal(run.settings().trading().mode(), signal.get())
                    .ifPresentOrElse(
                            why -> record(symbol, signal, OrderResult.none(why)),
                            () -> permitted.put(symbol, signal.get()));
        }

        private void trade() {
            BrokerSession session;
            try {
                session = connect();
            } catch (BrokerException unreachable) {
                permitted.forEach((symbol, signal) -> record(symbol, Optional.of(signal), troubled(unreachable)));
                return;
            }
            try (session) {
                Optional<String> denied = OrderGate.gateway(run.settings().trading(), session.identity());
                permitted.forEach((symbol, signal) -> record(
                        symbol,
                        Optional.of(signal),
                        denied.map(why -> OrderResult.none(Outcome.REFUSED, why, Optional.empty()))
                                .orElseGet(() -> order(session, symbol, signal))));
            }
        }

        private OrderResult order(BrokerSession session, String symbol, SignalFacts signal) {
            String account = OrderGate.account(run.settings().trading(), session.identity())
                    .orElseThrow();
            try {
                OrderPlanner planner = new OrderPlanner(session, run.settings(), moment, account);
                return switch (planner.plan(symbol, signal, newest(ArtifactType.MARKET_DATA, "daily_bars", symbol))) {
                    case OrderPlanner.Planned.Nothing nothing -> OrderResult.none(nothing.why());
                    case OrderPlanner.Planned.Order order ->
                        new SubmissionProtocol(
                                        session,
                                        intents,
                                        sleeper,
                                        claimant(),
                                        run.log().forSymbol(symbol))
                                .submit(order.plan(), signal);
                };
            } catch (BrokerException trouble) {
                return troubled(trouble);
            }
        }

        private BrokerSession connect() {
            for (int attempt = 1; ; attempt++) {
                try {
                    return broker.connect(CONNECT);
                } catch (BrokerException unreachable) {
                    if (!unreachable.worthRetrying() || attempt == CONNECTS) {
                        throw unreachable;
                    }
                    run.log()
                            .warn("Attempt " + attempt + " of " + CONNECTS + " to reach the gateway failed: "
                                    + unreachable.getMessage());
                    pause(unreachable);
                }
            }
        }

        private void pause(BrokerException reason) {
            try {
                sleeper.sleep(PAUSE);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw reason;
            }
        }

        private void record(String symbol, Optional<SignalFacts> signal, OrderResult result) {
            ObjectNode produced = Json.object();
            produced.set("data", result.data());
            Artifact artifact = run.desk()
                    .publish(new Draft(
                            ArtifactType.ORDER,
                            "order",
                            Optional.of(symbol),
                            Optional.of(moment.asOf()),
                            moment.origin(),
                            List.of(signal.map(SignalFacts::id).orElse(moment.preflightId())),
                            produced,
                            Json.object(),
                            Optional.empty()));
            run.log().forSymbol(symbol).info(symbol + ": " + result.reason(), Map.of("artifact_id", artifact.id()));
            outcomes.put(symbol, result.symbolOutcome());
        }

        private Optional<Artifact> newest(ArtifactType type, String name, String symbol) {
            return run.desk().newest(type, name, Optional.of(symbol));
        }

        private String claimant() {
            TaskContext context = run.context();
            return String.join(
                    "/",
                    context.dagId(),
                    context.runId(),
                    context.taskId(),
                    Integer.toString(context.mapIndex()),
                    Integer.toString(context.tryNumber()));
        }
    }

    private static OrderResult troubled(BrokerException trouble) {
        Outcome outcome = trouble.worthRetrying() ? Outcome.TRY_AGAIN : Outcome.REFUSED;
        String sentence = String.valueOf(trouble.getMessage());
        String why = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return OrderResult.none(outcome, why, Optional.empty());
    }
}
