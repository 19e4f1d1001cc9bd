package dev.signalwright.artifacts.blob;

import dev.signalwright.artifacts.platform.Turn;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Removes bytes that no row refers to: what a crash between bytes and commit left, and what deleted artifacts carried. A
 * hash that is being written right now is locked by its writer and so is never taken for an orphan.
 */
@Singleton
class OrphanCollector {
    private static final Logger LOG = Logger.getLogger(OrphanCollector.class);
    private static final int BATCH = 500;

    private final BlobRepository index;
    private final BlobStore store;
    private final BlobConfig config;
    private final Turn turn;
    private final Clock clock;
    private final MeterRegistry meters;

    OrphanCollector(
            BlobRepository index, BlobStore store, BlobConfig config, Turn turn, Clock clock, MeterRegistry meters) {
        this.index = index;
        this.store = store;
        this.config = config;
        this.turn = turn;
        this.clock = clock;
        this.meters = meters;
    }

    @Scheduled(
            identity = "blob-orphans",
            every = "{artifact.blob.collect-every}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void scheduled() {
        try {
            collect();
        } catch (BlobStoreException failure) {
            LOG.warnf("Orphaned blobs are not collected now: %s", failure.getMessage());
        }
    }

    /** Returns how many blobs went. */
    int collect() {
        Instant moment = clock.instant().minus(config.orphanAge());
        int rows;
        do {
            rows = QuarkusTransaction.requiringNew()
                    .call(() -> turn.take("blob-orphans") ? index.deleteUnusedOlderThan(moment, BATCH) : 0);
        } while (rows == BATCH);
        Candidates candidates = new Candidates();
        store.olderThan(moment, candidates::add);
        candidates.flush();
        if (candidates.removed > 0) {
            meters.counter("signalwright.blob.orphans.removed").increment(candidates.removed);
            LOG.infof("%d orphaned blobs removed.", candidates.removed);
        }
        return candidates.removed;
    }

    /** Old bytes, asked about in batches. */
    private final class Candidates {
        private final List<String> waiting = new ArrayList<>();
        private int removed;

        void add(String sha256) {
            waiting.add(sha256);
            if (waiting.size() == BATCH) {
                flush();
            }
        }

        void flush() {
            if (!waiting.isEmpty()) {
                QuarkusTransaction.requiringNew()
                        .call(() -> index.withoutRow(waiting))
                        .forEach(sha256 -> removed += remove(sha256) ? 1 : 0);
                waiting.clear();
            }
        }
    }

    /** Asks again under the hash's own lock: since the first look a writer may have come and gone. */
    private boolean remove(String sha256) {
        return QuarkusTransaction.requiringNew().call(() -> {
            boolean orphan =
                    index.lockForCollection(sha256) && index.find(sha256).isEmpty();
            if (orphan) {
                store.remove(sha256);
            }
            return orphan;
        });
    }
}
