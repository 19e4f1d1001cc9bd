package dev.signalwright.worker.preflight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code preflight}. Not thread-safe; one per process. */
public final class PreflightTask implements WorkflowTask {
    private final GatewayChecks gateway;
    private final ReachabilityChecks reachability = new ReachabilityChecks(new HttpProbe());
    private final SessionCalendar calendar = new SessionCalendar();

    public PreflightTask(Broker broker) {
        this.gateway = new GatewayChecks(broker);
    }

    @Override
    public String name() {
        return "preflight";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<Check> late = schedule(run);
        if (late.isPresent()) {
            return conclude(run, Optional.empty(), Origin.UNKNOWN, late.stream().toList());
        }
        GatewayChecks.Answer answer = gateway.ask(run);
        List<Check> checks = new ArrayList<>(answer.checks());
        Optional<Moment> moment = Optional.empty();
        if (answer.identity().isPresent()) {
            moment = moment(run, answer, checks);
        }
        checks.addAll(reachability.all(run));
        Origin origin = origin(run, answer.identity(), moment);
        return conclude(run, moment, origin, checks);
    }

    /** What the run decides for. */
    private record Moment(Instant asOf, String market) {}

    private Optional<Moment> moment(TaskRun run, GatewayChecks.Answer answer, List<Check> checks) {
        GatewayIdentity identity = answer.identity().orElseThrow();
        Instant asOf;
        try {
            asOf = RunMoment.read(run.desk())
                    .map(RunMoment::asOf)
                    .orElseGet(() -> AsOf.of(
                            run.context().requestedAsOf(),
                            identity.simulatedClock(),
                            run.context().runAfter(),
                            calendar));
        } catch (IllegalArgumentException e) {
            checks.add(asOfRefused(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
        Instant present = identity.simulatedClock().orElse(run.clock().instant());
        if (asOf.isAfter(present) && run.context().requestedAsOf().isPresent()) {
            checks.add(asOfRefused("The run was asked to decide for " + asOf + ", but the gateway stands at " + present
                    + ": that moment has not come yet."));
            return Optional.empty();
        }
        checks.add(Check.passed("as_of", true, Duration.ZERO, "The run decides for " + asOf + "."));
        SessionCheck session = SessionCheck.at(asOf, answer.hours(), calendar);
        checks.add(session.check());
        return Optional.of(new Moment(asOf, session.market()));
    }

    private static Check asOfRefused(String finding) {
        return Check.failed("as_of", true, Duration.ZERO, finding, "Trigger the run again with another as_of.");
    }

    private static Optional<Check> schedule(TaskRun run) {
        Duration late = Duration.between(run.context().runAfter(), run.clock().instant());
        if (!run.context().runType().equals("scheduled")
                || late.compareTo(run.settings().lateAfter()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Check.failed(
                "schedule",
                true,
                Duration.ZERO,
                "The run was due at " + run.context().runAfter() + " and starts " + late.toMinutes()
                        + " minutes late; the limit is "
                        + run.settings().lateAfter().toMinutes() + " minutes.",
                "Trigger a run by hand if the decision is still wanted."));
    }

    private static Origin origin(TaskRun run, Optional<GatewayIdentity> identity, Optional<Moment> moment) {
        return identity.map(id -> moment.map(m -> id.originFor(
                                m.asOf(), run.clock().instant(), run.settings().lateAfter()))
                        .orElse(id.origin()))
                .orElse(Origin.UNKNOWN);
    }

    private TaskReport conclude(TaskRun run, Optional<Moment> moment, Origin origin, List<Check> checks) {
        ObjectNode data = Json.object();
        moment.ifPresent(m -> data.put("as_of", m.asOf().toString())
                .put("session_date", calendar.sessionDate(m.asOf()).toString())
                .put("market", m.market()));
        ArrayNode list = data.putArray("checks");
        checks.forEach(check -> list.add(check.toJson()));
        checks.forEach(check -> tell(run, check));
        ObjectNode produced = Json.object();
        produced.set("data", data);
        run.desk()
                .publish(new Draft(
                        ArtifactType.PREFLIGHT,
                        RunMoment.ARTIFACT_NAME,
                        Optional.empty(),
                        moment.map(Moment::asOf),
                        origin,
                        List.of(),
                        produced,
                        Json.object(),
                        Optional.empty()));
        return verdict(checks);
    }

    private static void tell(TaskRun run, Check check) {
        if (check.ok()) {
            run.log().info(check.finding());
        } else {
            run.log().warn(check.finding() + " " + check.advice());
        }
    }

    private static TaskReport verdict(List<Check> checks) {
        Optional<Check> stopper = checks.stream().filter(Check::stops).findFirst();
        if (stopper.isPresent()) {
            Outcome outcome = switch (stopper.get().name()) {
                case "schedule", "session" -> Outcome.SKIPPED;
                case "as_of" -> Outcome.REFUSED;
                default -> Outcome.TRY_AGAIN;
            };
            return TaskReport.of(outcome, stopper.get().finding());
        }
        TaskReport ready = TaskReport.of(Outcome.DONE, "Everything the run needs is there.");
        String warnings =
                checks.stream().filter(check -> !check.ok()).map(Check::finding).collect(Collectors.joining(" "));
        return warnings.isEmpty() ? ready : ready.degraded(warnings);
    }
}
