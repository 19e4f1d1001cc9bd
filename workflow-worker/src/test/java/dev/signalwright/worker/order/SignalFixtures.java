package dev.signalwright.worker.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.Settings.TradingMode;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.ReplayBars;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Runs and signals for {@code place_order}: IBM, to be bought at 100 with the stop at 95, unless a test says otherwise. */
final class SignalFixtures {
    private SignalFixtures() {}

    static RecordingDesk desk(Origin origin, ObjectNode signal) {
        RecordingDesk desk = new RecordingDesk().withPreflight(TaskRuns.AS_OF, LocalDate.of(2012, 9, 20), origin);
        desk.withMarketData(ReplayBars.marketData("IBM"), TaskRuns.AS_OF, origin);
        desk.publish(new Draft(
                ArtifactType.SIGNAL,
                "signal",
                Optional.of("IBM"),
                Optional.of(TaskRuns.AS_OF),
                origin,
                List.of(),
                signal,
                Json.object(),
                Optional.empty()));
        return desk;
    }

    static ObjectNode buy() {
        return signal("BUY", 100, 95);
    }

    static ObjectNode signal(String action, double entry, double stop) {
        ObjectNode produced = Json.object().put("action", action).put("confidence", 0.6);
        produced.putObject("signal_data")
                .put("outcome", "DECIDED")
                .put("is_actionable", true)
                .put("entry_price", entry)
                .put("stop_loss", stop)
                .putArray("reasons");
        return produced;
    }

    static TaskRun run(RecordingDesk desk, TradingMode mode, Optional<String> liveAccount, int tryNumber) {
        TaskRun run = TaskRuns.of("place_order", desk, new RecordingLog(), "IBM");
        TaskContext c = run.context();
        Settings s = run.settings();
        return new TaskRun(
                new TaskContext(
                        c.dagId(),
                        c.runId(),
                        c.taskId(),
                        c.mapIndex(),
                        tryNumber,
                        c.runType(),
                        c.runAfter(),
                        c.requestedAsOf(),
                        c.symbols(),
                        c.taskStates()),
                new Settings(
                        s.home(),
                        s.spoolDir(),
                        s.symbols(),
                        s.strategy(),
                        s.zone(),
                        s.lateAfter(),
                        s.artifactService(),
                        s.gateway(),
                        s.model(),
                        s.mlflow(),
                        new Settings.TradingSettings(mode, liveAccount)),
                desk,
                run.log(),
                run.clock());
    }
}
