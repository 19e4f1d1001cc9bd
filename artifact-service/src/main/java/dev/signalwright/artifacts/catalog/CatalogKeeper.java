package dev.signalwright.artifacts.catalog;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Brings what changed into the catalogue, every half second, in transactions of a bounded size. */
@Singleton
class CatalogKeeper {
    private static final Logger LOG = Logger.getLogger(CatalogKeeper.class);
    private static final int BATCH = 1_000;
    private static final long PAUSE_MILLIS = 500;

    private final CatalogRepository catalog;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("catalogue").factory());
    private boolean troubled;

    CatalogKeeper(CatalogRepository catalog) {
        this.catalog = catalog;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // catchUp lets nothing escape
    void start(@Observes StartupEvent ignored) {
        thread.scheduleWithFixedDelay(this::catchUp, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent ignored) {
        thread.shutdownNow();
    }

    private void catchUp() {
        try {
            boolean more = true;
            while (more && !thread.isShutdown()) {
                more = QuarkusTransaction.requiringNew().call(this::batch);
            }
            troubled = false;
        } catch (RuntimeException trouble) {
            // A lost database ends no loop: the position stands where it stood, the next round goes on from there.
            if (!troubled && !thread.isShutdown()) {
                LOG.warnf("The catalogue waits: %s", trouble);
            }
            troubled = true;
        }
    }

    /** True when a full batch was found, so that there may be more. */
    private boolean batch() {
        if (!catalog.lock()) {
            return false;
        }
        Optional<CatalogRepository.Batch> found = catalog.next(catalog.position(), BATCH);
        found.ifPresent(batch -> {
            if (batch.edited().length > 0) {
                catalog.takeOut(batch.edited());
            }
            catalog.putIn(batch.artifacts());
            catalog.moveTo(batch.end());
        });
        return found.filter(batch -> batch.changes() == BATCH).isPresent();
    }
}
