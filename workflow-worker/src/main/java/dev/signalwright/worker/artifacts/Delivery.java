package dev.signalwright.worker.artifacts;

import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.spool.RecordName;
import dev.signalwright.worker.spool.Spool;
import dev.signalwright.worker.spool.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Empties the spool: every run, each in its order, one process at a time; and prunes the workspace afterwards. */
final class Delivery {
    private static final Duration WORKSPACE_LIFE = Duration.ofDays(14);
    private static final int MOST_REASONS = 20;

    private final Spool spool;
    private final Workspace workspace;
    private final Dispatcher dispatcher;
    private final Clock clock;
    private final TaskLog log;

    private final SequencedSet<String> reasons = new LinkedHashSet<>();
    private long sent;

    Delivery(Spool spool, Workspace workspace, Dispatcher dispatcher, Clock clock, TaskLog log) {
        this.spool = spool;
        this.workspace = workspace;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.log = log;
    }

    DeliveryReport run(Duration limit) {
        Instant deadline = clock.instant().plus(limit);
        try {
            boolean alone = spool.alone(() -> {
                sendAll(deadline);
                prune();
            });
            if (!alone) {
                tell("Another process is delivering the spool just now.");
            }
            List<RecordName> waiting = spool.pending();
            return new DeliveryReport(sent, waiting.size(), spool.quarantined(), List.copyOf(reasons));
        } catch (IOException e) {
            throw new HandOverException("The spool could not be read: " + e.getMessage(), e);
        }
    }

    private void sendAll(Instant deadline) throws IOException {
        for (RecordName name : spool.pending()) {
            Instant now = clock.instant();
            if (!now.isBefore(deadline)) {
                tell("The time for delivering was over before the spool was empty.");
                return;
            }
            Instant callDeadline = now.plus(ArtifactClient.TOTAL);
            Dispatcher.Fate fate = dispatcher.send(name, callDeadline.isBefore(deadline) ? callDeadline : deadline);
            switch (fate) {
                case Dispatcher.Fate.Delivered() -> sent++;
                case Dispatcher.Fate.Elsewhere() -> {}
                case Dispatcher.Fate.Waiting(String reason) -> tell("An artifact waits in the spool: " + reason + ".");
                case Dispatcher.Fate.Quarantined(String reason) -> tell("Not delivered: " + reason + ".");
                case Dispatcher.Fate.Outage(String reason) -> {
                    tell(reason);
                    return;
                }
            }
        }
    }

    private void prune() throws IOException {
        var keep = spool.pending().stream().map(RecordName::executionId).collect(Collectors.<UUID>toSet());
        int pruned = workspace.prune(keep, clock.instant().minus(WORKSPACE_LIFE));
        if (pruned > 0) {
            log.info("Removed the workspaces of " + pruned + " runs that were delivered more than 14 days ago.");
        }
    }

    private void tell(String reason) {
        if (reasons.size() < MOST_REASONS && reasons.add(reason)) {
            log.warn(reason);
        }
    }
}
