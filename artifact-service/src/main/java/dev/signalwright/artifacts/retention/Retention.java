package dev.signalwright.artifacts.retention;

import dev.signalwright.artifacts.artifact.ArtifactRetirement;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.platform.Turn;
import dev.signalwright.artifacts.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What goes, when, and what is held: the face of this room. */
@ApplicationScoped
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final String JOB = "retention";
    private static final int BATCH = 50;
    private static final int RUNS_SHOWN = 20;

    private final List<RetentionRule> rules;
    private final String rulesText;
    private final RetentionRepository repository;
    private final ArtifactRetirement artifacts;
    private final Turn turn;
    private final Clock clock;
    private final MeterRegistry meters;

    Retention(
            RetentionConfig config,
            RetentionRepository repository,
            ArtifactRetirement artifacts,
            Turn turn,
            Clock clock,
            MeterRegistry meters) {
        this.rulesText = config.rules().orElse("");
        this.rules = RetentionRule.parse(rulesText);
        this.repository = repository;
        this.artifacts = artifacts;
        this.turn = turn;
        this.clock = clock;
        this.meters = meters;
    }

    /** What a rule takes now. */
    public record Due(RetentionRule rule, Instant before, long artifacts, long bytes, long held) {}

    /** A run of the job. */
    public record Run(Instant startedAt, Instant endedAt, String actor, int artifacts, long bytes, String rules) {}

    /** A run of the workflow that must be kept. */
    public record Hold(UUID execution, String dagId, String runId, String reason, String placedBy, Instant placedAt) {}

    void starts(@Observes StartupEvent event) {
        LOG.infof("Retention: %s", rules.isEmpty() ? "everything is kept" : rulesText);
    }

    @Scheduled(
            identity = JOB,
            every = "{signalwright.retention.every}",
            delayed = "5m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void scheduled() {
        if (!rules.isEmpty()) {
            run(JOB);
        }
    }

    /** What would go now; takes nothing. */
    public List<Due> due() {
        Instant now = clock.instant();
        return rules.stream().map(rule -> due(rule, now)).toList();
    }

    private Due due(RetentionRule rule, Instant now) {
        Instant before = rule.before(now);
        ArtifactRetirement.Tally tally = artifacts.tally(rule.type(), before);
        return new Due(rule, before, tally.artifacts(), tally.bytes(), tally.held());
    }

    /** Takes what is due, in small batches; another replica that is at it already is left alone. */
    public Run run(String actor) {
        Instant started = clock.instant();
        int count = 0;
        long bytes = 0;
        for (RetentionRule rule : rules) {
            Instant before = rule.before(started);
            Taken taken;
            do {
                taken = QuarkusTransaction.requiringNew().call(() -> batch(rule.type(), before, actor));
                count += taken.artifacts();
                bytes += taken.bytes();
            } while (taken.more());
        }
        Run done = new Run(started, clock.instant(), actor, count, bytes, rulesText);
        QuarkusTransaction.requiringNew().run(() -> repository.record(done));
        meters.counter("signalwright.retention.artifacts").increment(count);
        meters.counter("signalwright.retention.bytes").increment((double) bytes);
        LOG.infof("Retention took %d artifacts, %d bytes.", count, bytes);
        return done;
    }

    private record Taken(int artifacts, long bytes, boolean more) {}

    /** The turn is the outer transaction's; each artifact goes in one of its own, so that writers never wait long. */
    private Taken batch(ArtifactType type, Instant before, String actor) {
        if (!turn.take(JOB)) {
            return new Taken(0, 0, false);
        }
        List<ArtifactRetirement.Old> oldest = artifacts.oldest(type, before, BATCH);
        int count = 0;
        long bytes = 0;
        for (ArtifactRetirement.Old old : oldest) {
            try {
                artifacts.retire(old.id(), actor);
                count++;
                bytes += old.bytes();
            } catch (ProblemException heldMeanwhile) {
                LOG.infof("%s stays: %s", old.id(), heldMeanwhile.getMessage());
            }
        }
        return new Taken(count, bytes, count > 0 && oldest.size() == BATCH);
    }

    /** The newest runs of the job, newest first. */
    public List<Run> runs() {
        return QuarkusTransaction.joiningExisting().call(() -> repository.runs(RUNS_SHOWN));
    }

    /** Everything that is on hold, newest first. */
    public List<Hold> holds() {
        return QuarkusTransaction.joiningExisting().call(repository::holds);
    }

    public Optional<Hold> hold(UUID execution) {
        return QuarkusTransaction.joiningExisting().call(() -> repository.hold(execution));
    }

    /** Nothing of that run goes until the hold is lifted. A second hold changes the reason. False without such a run. */
    public boolean place(UUID execution, String reason, String who) {
        return QuarkusTransaction.requiringNew().call(() -> repository.place(execution, reason, who, clock.instant()));
    }

    /** Lifting twice is the same as once. */
    public void lift(UUID execution) {
        QuarkusTransaction.requiringNew().run(() -> repository.lift(execution));
        LOG.infof("The hold on %s was lifted.", execution);
    }
}
