package dev.signalwright.worker.testing;

import dev.signalwright.worker.artifacts.ArtifactDesk;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs of a task in the demo's moment: 2012-09-20T09:00 New York, nothing configured beyond the defaults. */
public final class TaskRuns {
    public static final Instant AS_OF = Instant.parse("2012-09-20T13:00:00Z");

    private TaskRuns() {}

    public static TaskRun of(String taskId, ArtifactDesk desk, TaskLog log, String... symbols) {
        TaskContext context = new TaskContext(
                "ibkr_trading_signal_workflow",
                "manual__2012-09-20",
                taskId,
                -1,
                1,
                "manual",
                AS_OF,
                Optional.empty(),
                List.of(symbols),
                Map.of());
        return new TaskRun(context, settings(symbols), desk, log, Clock.fixed(AS_OF, ZoneOffset.UTC));
    }

    private static Settings settings(String... symbols) {
        return new Settings(
                Path.of("unused"),
                Path.of("unused", "spool"),
                List.of(symbols),
                "llm-chart@1",
                ZoneId.of("America/New_York"),
                Duration.ofMinutes(30),
                new Settings.ArtifactServiceSettings(URI.create("http://127.0.0.1:9"), new Secret("unused")),
                new Settings.GatewaySettings("127.0.0.1", 9, 1),
                new Settings.ModelSettings(
                        Settings.Provider.RULES, Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                new Settings.TradingSettings(Settings.TradingMode.OFF, Optional.empty()));
    }
}
