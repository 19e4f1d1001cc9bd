package dev.signalwright.worker.artifacts;

import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.spool.Spool;
import dev.signalwright.worker.spool.SpoolLimits;
import dev.signalwright.worker.spool.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Opens the desk of a task and the delivery of the whole spool. Bean of the process. */
@ApplicationScoped
public class ArtifactDesks {
    private final ArtifactClient client;
    private final Path spoolDir;
    private final Clock clock;
    private final String writer;

    ArtifactDesks(ArtifactClient client, Settings settings, Clock clock, RandomGenerator random) {
        this.client = client;
        this.spoolDir = settings.spoolDir();
        this.clock = clock;
        this.writer = HexFormat.of().toHexDigits(random.nextInt());
    }

    /**
     * The desk of one task.
     *
     * @throws HandOverException when the spool cannot be used; the message says why
     */
    public TaskDesk open(RunIdentity identity, TaskLog log) {
        return new SpoolingDesk(identity, spool(), Workspace.open(spoolDir, writer), client, clock, log);
    }

    /**
     * Sends what waits in the spool, of all runs.
     *
     * @param limit when to stop
     * @throws HandOverException when the spool cannot be used; the message says why
     */
    public DeliveryReport deliver(Duration limit, TaskLog log) {
        Spool spool = spool();
        return new Delivery(spool, Workspace.open(spoolDir, writer), new Dispatcher(spool, client, clock), clock, log)
                .run(limit);
    }

    private Spool spool() {
        try {
            return Spool.open(spoolDir, writer, SpoolLimits.STANDARD, clock);
        } catch (IOException e) {
            throw new HandOverException("The spool " + spoolDir + " cannot be used: " + e.getMessage(), e);
        }
    }
}
