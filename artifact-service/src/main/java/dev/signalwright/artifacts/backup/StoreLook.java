package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.seal.Seals;
import dev.signalwright.artifacts.seal.Verification;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The look of {@code ./signalwright verify} at a store that was just restored: the service itself is started in this process,
 * without its door and its jobs, and asked. Its start brings the schema up to date.
 */
@Singleton
@Unremovable
class StoreLook implements QuarkusApplication {
    private static final int ARTIFACTS_A_PAGE = 200;

    private final Seals seals;

    StoreLook(Seals seals) {
        this.seals = seals;
    }

    /** Once a process, for the environment of the process; prints what was found. Exit status 0 when everything agrees. */
    static int atRestoredStore() {
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.enabled", "false");
        System.setProperty("quarkus.log.level", "ERROR");
        AtomicInteger status = new AtomicInteger(1);
        Quarkus.run(StoreLook.class, (code, failure) -> {
            status.set(code);
            if (failure != null) {
                System.err.println("Everything was loaded but NOT verified, for the service does not start on it: "
                        + root(failure).getMessage() + " Mend that, start it, then: ./signalwright verify.");
            }
        });
        return status.get();
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    @Override
    public int run(String... words) {
        Total total = new Total();
        Optional<String> next = Optional.of("0");
        while (next.isPresent()) {
            Verification page = seals.verifyPage(next, ARTIFACTS_A_PAGE);
            total.add(page);
            next = page.next();
        }
        return total.told();
    }

    /** Over all pages. */
    private static final class Total {
        private long artifacts;
        private long blobs;
        private long changes;
        private long waiting;
        private long broken;
        private Optional<Verification.Broken> first = Optional.empty();

        void add(Verification page) {
            artifacts += page.artifacts();
            blobs += page.blobs();
            changes += page.changes();
            waiting = page.waiting();
            broken += page.broken().size();
            first = first.or(() -> page.broken().stream().findFirst());
        }

        int told() {
            String counts = artifacts + " artifacts, " + blobs + " blobs and " + changes + " sealed changes";
            String young = waiting == 0 ? "" : " " + waiting + " changes are sealed at the next start.";
            if (first.isEmpty()) {
                System.out.println("Verified: " + counts + " agree." + young);
                return 0;
            }
            System.err.println("Restored, but NOT everything agrees: of " + counts + ", " + broken
                    + " findings. The first: " + name(first.get()) + ": "
                    + first.get().what() + " ./signalwright verify lists them all.");
            return 1;
        }

        private static String name(Verification.Broken broken) {
            return broken.artifactId()
                    .map(id -> "artifact " + id)
                    .orElseGet(() ->
                            "chain " + broken.chain().map(Object::toString).orElse("of the store"));
        }
    }
}
