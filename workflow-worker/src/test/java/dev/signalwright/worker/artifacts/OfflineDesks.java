package dev.signalwright.worker.artifacts;

import dev.signalwright.worker.settings.Settings;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Desks over a real spool and workspace whose artifact service is never there. */
public final class OfflineDesks {
    private OfflineDesks() {}

    public static ArtifactDesks open(Settings settings) {
        return new ArtifactDesks(
                new ScriptedClient(ScriptedClient::away), settings, Clock.systemUTC(), RandomGenerator.getDefault());
    }
}
