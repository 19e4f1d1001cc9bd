package dev.signalwright.worker.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Opens one session, lets a question be asked of it, and hands the answer over as one account-wide artifact. */
final class GatewayReadTask implements WorkflowTask {
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private final String name;
    private final Broker broker;
    private final Question question;

    GatewayReadTask(String name, Broker broker, Question question) {
        this.name = name;
        this.broker = broker;
        this.question = question;
    }

    /** What is asked of the gateway. */
    interface Question {
        /**
         * @param account the account the run trades with
         * @param orders the run's order artifacts
         */
        Answer ask(BrokerSession session, String account, List<Artifact> orders);
    }

    /**
     * What to hand over.
     *
     * @param parents of the artifact beside the preflight
     * @param sentence for the task's report
     */
    record Answer(ArtifactType type, String name, ObjectNode data, List<String> parents, String sentence) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<String> stopped = RunMoment.whyNothingRan(run.desk());
        if (stopped.isPresent()) {
            return TaskReport.of(Outcome.SKIPPED, stopped.get());
        }
        RunMoment moment = RunMoment.read(run.desk()).orElseThrow();
        List<Artifact> orders = orders(run);
        try (BrokerSession session = broker.connect(CONNECT)) {
            Optional<String> account = account(run, session, orders);
            if (account.isEmpty()) {
                return TaskReport.of(
                        Outcome.REFUSED,
                        "The gateway names " + session.identity().accounts().size()
                                + " accounts and none of them is clearly this run's. Set LIVE_TRADING_ACCOUNT or log in"
                                + " with one account.");
            }
            Answer answer = question.ask(session, account.get(), orders);
            Artifact artifact = run.desk().publish(draft(moment, answer));
            run.log().info(answer.sentence(), Map.of("artifact_id", artifact.id()));
            return TaskReport.of(Outcome.DONE, answer.sentence());
        } catch (BrokerException trouble) {
            return TaskReport.of(
                    trouble.worthRetrying() ? Outcome.TRY_AGAIN : Outcome.REFUSED,
                    String.valueOf(trouble.getMessage()));
        }
    }

    private static List<Artifact> orders(TaskRun run) {
        return run.context().symbols().stream()
                .map(symbol -> run.desk().newest(ArtifactType.ORDER, "order", Optional.of(symbol)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The only account, else the live one that is set, else the one that the run's orders went to. */
    private static Optional<String> account(TaskRun run, BrokerSession session, List<Artifact> orders) {
        List<String> reported = session.identity().accounts();
        if (reported.size() == 1) {
            return Optional.of(reported.getFirst());
        }
        Set<String> ordered = new TreeSet<>();
        orders.forEach(
                order -> ordered.add(order.json().path("data").path("account").asText()));
        return run.settings()
                .trading()
                .liveAccount()
                .or(() -> ordered.size() == 1 ? ordered.stream().findFirst() : Optional.empty())
                .filter(reported::contains);
    }

    private static Draft draft(RunMoment moment, Answer answer) {
        ObjectNode produced = Json.object();
        produced.set("data", answer.data());
        return new Draft(
                answer.type(),
                answer.name(),
                Optional.empty(),
                Optional.of(moment.asOf()),
                moment.origin(),
                answer.parents().isEmpty() ? List.of(moment.preflightId()) : answer.parents(),
                produced,
                Json.object(),
                Optional.empty());
    }
}
