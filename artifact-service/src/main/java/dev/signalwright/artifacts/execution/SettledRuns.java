package dev.signalwright.artifacts.execution;

import dev.signalwright.artifacts.artifact.ArtifactChanged;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Runs whose row is committed and needs nothing more when a further artifact arrives: nearly every write, which spares the
 * database a statement. The newest ten thousand are remembered; forgetting one costs a statement, nothing else. Thread-safe.
 */
final class SettledRuns {
    private static final int MOST = 10_000;

    /** True for a run that is known to report how it ends: such a one never becomes an unknown one again. */
    private final Map<UUID, Boolean> keyed = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean has(ArtifactChanged change) {
        Boolean known = keyed.get(change.executionUuid());
        return known != null && (known || !change.keyed());
    }

    /** To be called after the commit. */
    synchronized void add(ArtifactChanged change) {
        keyed.merge(change.executionUuid(), change.keyed(), Boolean::logicalOr);
    }

    /** Something went wrong with a write of this run: it is looked at anew. */
    synchronized void forget(ArtifactChanged change) {
        keyed.remove(change.executionUuid());
    }
}
