package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactWriter.Outcome;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The writes that wait for a commit, in the order in which they came; and what a commit takes of them. Bounded in writes and
 * bytes; thread-safe.
 */
final class WriteLine {
    /** What somebody sent, since when it waits, and where the answer goes. */
    record Waiting(List<Wish> wishes, long bytes, Instant since, CompletableFuture<List<Outcome>> answer) {
        static Waiting of(List<Wish> wishes, Instant now) {
            long bytes = wishes.stream()
                    .mapToLong(wish -> wish.sent().canonical().length)
                    .sum();
            return new Waiting(wishes, bytes, now, new CompletableFuture<>());
        }

        int rows() {
            return wishes.size();
        }
    }

    private final WriteQueue.Config config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Set<Waiting> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    private int waitingRows;
    private long waitingBytes;
    private int rowsUnderWay;
    private boolean closing;

    WriteLine(WriteQueue.Config config) {
        this.config = config;
    }

    /** @throws ProblemException when more wait than are kept, or the service ends */
    void add(Waiting one) {
        lock.lock();
        try {
            boolean full =
                    waitingRows + one.rows() > config.queueRows() || waitingBytes + one.bytes() > config.queueBytes();
            if (closing || (full && !waiting.isEmpty())) {
                throw new ProblemException(
                        ProblemType.TOO_BUSY, "More writes wait for the database than are kept. Nothing was stored.");
            }
            waiting.add(one);
            waitingRows += one.rows();
            waitingBytes += one.bytes();
            if (waiting.size() == 1 || isEnough()) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What waits is still handed out; then {@link #next} is empty. */
    void close() {
        lock.lock();
        try {
            closing = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a commit is to begin and takes as much as fits; empty when the service ends and nothing waits. */
    List<Waiting> next() {
        lock.lock();
        try {
            do {
                gather();
            } while (waiting.isEmpty() && !closing);
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** To be called when the commit of what {@link #next} gave is over. */
    void done(List<Waiting> batch) {
        lock.lock();
        try {
            batch.forEach(underWay::remove);
            rowsUnderWay -= rows(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Those that were not answered and came before that moment. */
    List<Waiting> unanswered(Instant since) {
        lock.lock();
        try {
            return Stream.concat(waiting.stream(), underWay.stream())
                    .filter(one -> one.since().isBefore(since) && !one.answer().isDone())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Whether to begin a commit now. */
    private boolean isEnough() {
        return closing || (!waiting.isEmpty() && (waitingRows >= rowsUnderWay || waitingRows >= config.batchRows()));
    }

    /** Returns when there is enough, or something has waited long enough; others may have taken it away by then. */
    private void gather() {
        long left = config.gather().toNanos();
        try {
            while (!isEnough() && left > 0) {
                if (waiting.isEmpty()) {
                    arrived.awaitUninterruptibly();
                } else {
                    left = arrived.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // begins with what there is
        }
    }

    private List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        int rows = 0;
        long bytes = 0;
        for (Waiting one = waiting.peek(); one != null; one = waiting.peek()) {
            rows += one.rows();
            bytes += one.bytes();
            if (!batch.isEmpty() && (rows > config.batchRows() || bytes > config.batchBytes())) {
                break;
            }
            batch.add(waiting.remove());
            waitingRows -= one.rows();
            waitingBytes -= one.bytes();
        }
        underWay.addAll(batch);
        rowsUnderWay += rows(batch);
        return batch;
    }

    private static int rows(List<Waiting> batch) {
        return batch.stream().mapToInt(Waiting::rows).sum();
    }
}
