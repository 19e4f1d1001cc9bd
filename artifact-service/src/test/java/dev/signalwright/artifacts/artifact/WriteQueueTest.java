package dev.signalwright.artifacts.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.artifact.ArtifactWriter.Outcome;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How writes share commits, with a writer that commits when the test says so. */
class WriteQueueTest {
    private final Gate writer = new Gate();
    private WriteQueue queue = queue(64, 2_048, Duration.ofSeconds(30));

    private WriteQueue queue(int batchRows, int queueRows, Duration patience) {
        return queue(new Settings(1, batchRows, queueRows, Duration.ofSeconds(30), patience));
    }

    private WriteQueue queue(Settings settings) {
        WriteQueue made = new WriteQueue(writer, settings, Clock.systemUTC());
        made.start(new StartupEvent());
        return made;
    }

    @AfterEach
    void stop() throws InterruptedException {
        writer.permits.release(1_000);
        queue.stop(new ShutdownEvent());
    }

    @Test
    void whatArrivesDuringACommitSharesTheNextOne() throws Exception {
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(5);
        writer.permits.release(2);
        for (CompletableFuture<List<Outcome>> answer : answers) {
            assertInstanceOf(
                    Outcome.Created.class, answer.get(10, TimeUnit.SECONDS).getFirst());
        }
        assertEquals(List.of(List.of("0"), List.of("1", "2", "3", "4", "5")), writer.commits);
    }

    @Test
    void nobodyIsAnsweredBeforeTheCommitOfHisWrite() throws Exception {
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(1);
        writer.permits.release(1);
        answers.getFirst().get(10, TimeUnit.SECONDS);
        assertTrue(!answers.getLast().isDone());
    }

    @Test
    void aCommitHoldsNoMoreThanItMay() throws Exception {
        queue.stop(new ShutdownEvent());
        queue = queue(2, 2_048, Duration.ofSeconds(30));
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(5);
        writer.permits.release(10);
        for (CompletableFuture<List<Outcome>> answer : answers) {
            answer.get(10, TimeUnit.SECONDS);
        }
        assertEquals(List.of(List.of("0"), List.of("1", "2"), List.of("3", "4"), List.of("5")), writer.commits);
    }

    @Test
    void aSecondCommitBeginsBesideTheFirstAsSoonAsItIsAsLarge() throws Exception {
        queue.stop(new ShutdownEvent());
        queue = queue(new Settings(2, 64, 2_048, Duration.ofSeconds(30), Duration.ofSeconds(30)));
        queue.submit(wishes(0, 1, 2));
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS));
        IntStream.rangeClosed(3, 4).forEach(i -> queue.submit(wishes(i)));
        CompletableFuture<List<Outcome>> last = queue.submit(wishes(5));
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS), "it does not wait for the first one's end");
        writer.permits.release(2);
        last.get(10, TimeUnit.SECONDS);
        assertTrue(writer.commits.contains(List.of("3", "4", "5")), writer.commits.toString());
    }

    @Test
    void aCommitThatHangsHoldsUpNobody() throws Exception {
        queue.stop(new ShutdownEvent());
        queue = queue(new Settings(2, 64, 2_048, Duration.ofMillis(1), Duration.ofSeconds(30)));
        queue.submit(wishes(0, 1, 2));
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS));
        queue.submit(wishes(3));
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS));
    }

    /** One that waited for more may find that the other one took it all. */
    @Test
    void bothCommittersAreThereHoweverOftenOneFindsNothing() throws Exception {
        queue.stop(new ShutdownEvent());
        queue = queue(new Settings(2, 64, 2_048, Duration.ofNanos(1_000), Duration.ofSeconds(30)));
        writer.permits.release(100_000);
        for (int round = 0; round < 5_000; round++) {
            CompletableFuture<List<Outcome>> two = queue.submit(wishes(0, 1));
            queue.submit(wishes(2)).get(10, TimeUnit.SECONDS);
            two.get(10, TimeUnit.SECONDS);
        }
        writer.permits.drainPermits();
        writer.begun.drainPermits();
        queue.submit(wishes(3, 4, 5));
        // Else the same commit could take both.
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS));
        queue.submit(wishes(6));
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS));
    }

    @Test
    void oneThatSpoilsACommitIsAloneInIt() throws Exception {
        writer.breaks = name -> name.equals("3");
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(5);
        writer.permits.release(20);
        for (int i = 0; i <= 5; i++) {
            CompletableFuture<List<Outcome>> answer = answers.get(i);
            if (i == 3) {
                assertThrows(CompletionException.class, answer::join);
            } else {
                assertInstanceOf(
                        Outcome.Created.class, answer.get(10, TimeUnit.SECONDS).getFirst());
            }
        }
    }

    @Test
    void oneThatSpoilsItsOwnBatchIsRefusedAndTheOthersAreStored() throws Exception {
        writer.breaks = name -> name.equals("2");
        writer.permits.release(20);
        List<Outcome> outcomes = queue.submit(wishes(1, 2, 3)).get(10, TimeUnit.SECONDS);
        assertInstanceOf(Outcome.Created.class, outcomes.get(0));
        assertEquals(
                ProblemType.INTERNAL_ERROR,
                assertInstanceOf(Outcome.Refused.class, outcomes.get(1)).why().type());
        assertInstanceOf(Outcome.Created.class, outcomes.get(2));
    }

    @Test
    void anErrorEndsNoCommitter() throws Exception {
        writer.permits.release(20);
        writer.breaks = name -> {
            throw new StackOverflowError("thrown by the test");
        };
        CompletableFuture<List<Outcome>> first = queue.submit(wishes(1));
        assertThrows(Exception.class, () -> first.get(10, TimeUnit.SECONDS));
        writer.breaks = name -> false;
        assertInstanceOf(
                Outcome.Created.class,
                queue.submit(wishes(2)).get(10, TimeUnit.SECONDS).getFirst());
    }

    @Test
    void whenTheDatabaseIsSlowNobodyTriesOneByOne() throws Exception {
        writer.breaks = name -> {
            throw new IllegalStateException(new SQLException("canceling statement due to statement timeout", "57014"));
        };
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(5);
        writer.permits.release(20);
        answers.forEach(answer -> assertThrows(CompletionException.class, answer::join));
        assertEquals(2, writer.attempts);
    }

    @Test
    void moreThanIsKeptIsRefusedAtOnceAndTheRestGoesOn() throws Exception {
        queue.stop(new ShutdownEvent());
        queue = queue(64, 3, Duration.ofSeconds(30));
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(3);
        ProblemException full = assertThrows(ProblemException.class, () -> queue.submit(wishes(4)));
        assertEquals(ProblemType.TOO_BUSY, full.type());
        writer.permits.release(20);
        for (CompletableFuture<List<Outcome>> answer : answers) {
            answer.get(10, TimeUnit.SECONDS);
        }
        assertInstanceOf(
                Outcome.Created.class,
                queue.submit(wishes(5)).get(10, TimeUnit.SECONDS).getFirst());
    }

    @Test
    void aSenderHearsOfAStuckDatabaseInTimeAndIsNotWrittenLater() throws Exception {
        queue.stop(new ShutdownEvent());
        queue = queue(64, 2_048, Duration.ofMillis(50));
        List<CompletableFuture<List<Outcome>>> answers = sendOneAndThen(1);
        for (CompletableFuture<List<Outcome>> answer : answers) {
            CompletionException told = assertThrows(CompletionException.class, answer::join);
            assertEquals(
                    ProblemType.DATABASE_UNAVAILABLE,
                    assertInstanceOf(ProblemException.class, told.getCause()).type());
        }
        CompletableFuture<List<Outcome>> later = queue.submit(wishes(7));
        writer.permits.release(20);
        later.get(10, TimeUnit.SECONDS);
        assertEquals(
                List.of(List.of("0"), List.of("7")), writer.commits, "the second one's sender was told that it is not");
    }

    /** Sends one, waits until its commit is under way, and sends the others. */
    private List<CompletableFuture<List<Outcome>>> sendOneAndThen(int others) throws InterruptedException {
        List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
        answers.add(queue.submit(wishes(0)));
        assertTrue(writer.begun.tryAcquire(10, TimeUnit.SECONDS));
        IntStream.rangeClosed(1, others).forEach(i -> answers.add(queue.submit(wishes(i))));
        return answers;
    }

    private static List<Wish> wishes(int... names) {
        return IntStream.of(names)
                .mapToObj(name -> new Wish(
                        ArtifactReader.read(
                                CanonicalJson.MAPPER
                                        .createObjectNode()
                                        .put("type", "portfolio")
                                        .put("name", Integer.toString(name)),
                                Optional.empty()),
                        "test"))
                .toList();
    }

    private record Settings(int committers, int batchRows, int queueRows, Duration gather, Duration patience)
            implements WriteQueue.Config {
        @Override
        public long batchBytes() {
            return 1 << 20;
        }

        @Override
        public long queueBytes() {
            return 1 << 20;
        }
    }

    /** Commits when it gets a permit. */
    private static final class Gate extends ArtifactWriter {
        private final Semaphore permits = new Semaphore(0);
        private final Semaphore begun = new Semaphore(0);
        private final List<List<String>> commits = Collections.synchronizedList(new ArrayList<>());
        private volatile Predicate<String> breaks = name -> false;
        private volatile int attempts;

        @SuppressWarnings("NullAway") // nothing of what it is made of is used
        Gate() {
            super(null, null, null, null, Clock.systemUTC());
        }

        @Override
        List<Outcome> write(List<Wish> wishes) {
            attempts++;
            begun.release();
            permits.acquireUninterruptibly();
            List<String> names = wishes.stream()
                    .map(wish -> wish.sent().produced().path("name").asText())
                    .toList();
            if (names.stream().anyMatch(breaks)) {
                throw new IllegalArgumentException("spoiled by the test");
            }
            commits.add(names);
            Outcome stored = new Outcome.Created(
                    wishes.getFirst().sent().storedAt(Clock.systemUTC().instant()));
            return Collections.nCopies(wishes.size(), stored);
        }
    }
}
