package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactWriter.Outcome;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import dev.signalwright.artifacts.artifact.WriteLine.Waiting;
import dev.signalwright.artifacts.problem.ProblemDetails;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Shares commits. When nothing is under way a write goes at once, alone; what arrives while a commit is under way goes into
 * the next one, which begins beside the first as soon as it is as large: many small commits would wait for one another's
 * disk writes. An answer is given only after the commit of its own write. Bounded in writes and bytes; thread-safe.
 */
@ApplicationScoped
class WriteQueue {
    private static final Logger LOG = Logger.getLogger(WriteQueue.class);

    /** What has waited this long is not begun any more: its sender is about to be told that the database is slow. */
    private static final Duration STALE = Duration.ofSeconds(3);

    /** Within the patience of one write. */
    private static final int LOOKS = 50;

    /** How writes share commits. */
    @ConfigMapping(prefix = "signalwright.writes")
    interface Config {
        /** Commits under way at once. */
        @WithDefault("2")
        int committers();

        /** Most artifacts in one commit. */
        @WithDefault("64")
        int batchRows();

        /** Most bytes in one commit; a single larger artifact goes alone. */
        @WithDefault("4194304")
        long batchBytes();

        /** Most artifacts that wait. */
        @WithDefault("2048")
        int queueRows();

        /** Most bytes that wait. */
        @WithDefault("67108864")
        long queueBytes();

        /** How long a commit gathers at most while another is under way: one that hangs holds up nobody. */
        @WithDefault("20ms")
        Duration gather();

        /** How long a sender waits for its commit: a client hears of trouble within five seconds. */
        @WithDefault("4600ms")
        Duration patience();
    }

    private final ArtifactWriter writer;
    private final Config config;
    private final Clock clock;
    private final WriteRetry retry;
    private final WriteLine line;
    private final List<Thread> committers = new ArrayList<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("write-watch").factory());

    WriteQueue(ArtifactWriter writer, Config config, Clock clock) {
        this.writer = writer;
        this.config = config;
        this.clock = clock;
        this.retry = new WriteRetry(clock);
        this.line = new WriteLine(config);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // endImpatience lets nothing escape
    void start(@Observes StartupEvent event) {
        for (int i = 1; i <= config.committers(); i++) {
            committers.add(Thread.ofPlatform().daemon().name("committer-" + i).start(this::commitForEver));
        }
        long pause = config.patience().dividedBy(LOOKS).toMillis();
        watch.scheduleWithFixedDelay(this::endImpatience, pause, pause, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        line.close();
        for (Thread committer : committers) {
            committer.join(config.patience());
        }
        watch.shutdownNow();
    }

    /**
     * Stores them in one commit, perhaps together with others', and returns after it.
     *
     * @return what became of each, in order
     * @throws ProblemException when too much waits already or the database does not confirm in time
     */
    List<Outcome> write(List<Wish> wishes) {
        try {
            return submit(wishes).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /**
     * The same without a thread that waits. The answer is completed by the thread that committed: what is done with it
     * there must be little.
     *
     * @throws ProblemException at once when too much waits already
     */
    CompletableFuture<List<Outcome>> submit(List<Wish> wishes) {
        Waiting waiting = Waiting.of(wishes, clock.instant());
        line.add(waiting);
        return waiting.answer();
    }

    /** One thread looks after all: a timer for each write was 3 percent of its processor time. What it ends is not begun later. */
    private void endImpatience() {
        line.unanswered(clock.instant().minus(config.patience()))
                .forEach(late -> late.answer().completeExceptionally(tooSlow()));
    }

    private static ProblemException tooSlow() {
        return new ProblemException(
                ProblemType.DATABASE_UNAVAILABLE,
                "The database did not confirm the write in time. Send the request again as it is: with a key it is"
                        + " stored once.");
    }

    private void commitForEver() {
        for (List<Waiting> batch = line.next(); !batch.isEmpty(); batch = line.next()) {
            try {
                commit(batch);
            } catch (RuntimeException | Error failure) {
                // This thread must outlive everything: without it nothing is ever stored again.
                LOG.error("A commit failed in an unexpected way", failure);
                batch.forEach(one -> one.answer().completeExceptionally(failure));
            } finally {
                line.done(batch);
            }
        }
    }

    private void commit(List<Waiting> taken) {
        Instant oldest = clock.instant().minus(STALE);
        List<Waiting> batch = new ArrayList<>();
        for (Waiting one : taken) {
            if (one.answer().isDone() || one.since().isBefore(oldest)) {
                one.answer().completeExceptionally(tooSlow());
            } else {
                batch.add(one);
            }
        }
        if (batch.size() > 1 && together(batch)) {
            return;
        }
        batch.forEach(this::alone);
    }

    /** False when each must be tried by itself: one may have spoiled it for the others. */
    private boolean together(List<Waiting> batch) {
        List<Wish> wishes = batch.stream().flatMap(one -> one.wishes().stream()).toList();
        List<Outcome> outcomes;
        try {
            outcomes = writer.write(wishes);
        } catch (RuntimeException failure) {
            if (WriteRetry.isSlow(failure)) {
                // Each alone would wait as long again, and the last one's sender would hear of it much too late.
                batch.forEach(one -> one.answer().completeExceptionally(failure));
                return true;
            }
            LOG.debugf("%d writes are tried one by one: %s", (Object) wishes.size(), failure);
            return false;
        }
        int from = 0;
        for (Waiting one : batch) {
            one.answer().complete(List.copyOf(outcomes.subList(from, from + one.rows())));
            from += one.rows();
        }
        return true;
    }

    private void alone(Waiting one) {
        try {
            one.answer().complete(retry.call(() -> writer.write(one.wishes())));
        } catch (RuntimeException failure) {
            if (one.rows() == 1 || WriteRetry.isSlow(failure)) {
                one.answer().completeExceptionally(failure);
            } else {
                one.answer()
                        .complete(one.wishes().stream().map(this::separately).toList());
            }
        }
    }

    /** One of several that were sent together: what spoils it is no reason to refuse the others. */
    private Outcome separately(Wish wish) {
        try {
            return retry.call(() -> writer.write(List.of(wish))).getFirst();
        } catch (RuntimeException failure) {
            return new Outcome.Refused(ProblemDetails.of(failure));
        }
    }
}
