package dev.signalwright.worker.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.DeliveryReport;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.artifacts.RunIdentity;
import dev.signalwright.worker.artifacts.TaskDesk;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.TaskContext;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.testing.RecordingDesk;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.testing.TaskRuns;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliverArtifactsTaskTest {
    private final RecordingDesk desk = new RecordingDesk();
    private final RecordingPost post = new RecordingPost();

    @Test
    void saysThatEverythingArrived() {
        TaskReport report = deliver(Map.of("preflight", "success", "place_order", "success"));

        assertEquals(Outcome.DONE, report.outcome());
        assertTrue(post.spokenFor.isEmpty());
    }

    @Test
    void deliversFirstAndThenFailsByName() {
        post.spokeItself = Set.of("place_order");

        TaskReport report = deliver(Map.of("place_order", "failed", "get_trades", "success"));

        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.reason().contains("place_order"), report.reason());
        assertEquals(1, post.deliveries);
        assertTrue(post.spokenFor.isEmpty(), "a task that told its own end is not spoken for");
    }

    @Test
    void speaksForATaskThatDiedWithoutAWord() {
        deliver(Map.of("analyze_with_llm", "failed", "place_order", "upstream_failed"));

        assertEquals(
                "failed", post.spokenFor.get("analyze_with_llm").path("outcome").asText());
        assertEquals(
                "skipped", post.spokenFor.get("place_order").path("outcome").asText());
        assertTrue(
                post.spokenFor.get("analyze_with_llm").path("reason").asText().contains("without a word"),
                post.spokenFor.toString());
    }

    @Test
    void whatIsStillInTheSpoolMakesItDegraded() {
        post.report = new DeliveryReport(0, 4, 0, List.of("The artifact service could not be reached."));

        TaskReport report = deliver(Map.of("preflight", "success"));

        assertEquals(Outcome.DONE, report.outcome());
        assertTrue(report.reason().contains("4 artifacts wait"), report.reason());
        assertEquals(Optional.of("The artifact service could not be reached."), report.degradedReason());
    }

    private TaskReport deliver(Map<String, String> states) {
        desk.withPreflight(TaskRuns.AS_OF, LocalDate.of(2012, 9, 20), Origin.REPLAYED);
        TaskRun run = TaskRuns.of("deliver_artifacts", desk, new RecordingLog(), "AAPL");
        TaskContext c = run.context();
        return new DeliverArtifactsTask(post)
                .run(new TaskRun(
                        new TaskContext(
                                c.dagId(),
                                c.runId(),
                                c.taskId(),
                                c.mapIndex(),
                                c.tryNumber(),
                                c.runType(),
                                c.runAfter(),
                                c.requestedAsOf(),
                                c.symbols(),
                                states),
                        run.settings(),
                        run.desk(),
                        run.log(),
                        run.clock()));
    }

    /** Keeps what is written for other tasks. */
    private final class RecordingPost implements DeliverArtifactsTask.Post {
        private final Map<String, JsonNode> spokenFor = new LinkedHashMap<>();
        private Set<String> spokeItself = Set.of();
        private DeliveryReport report = new DeliveryReport(7, 0, 0, List.of());
        private int deliveries;

        @Override
        public TaskDesk open(RunIdentity identity, TaskLog log) {
            return new OtherDesk(identity.taskId());
        }

        @Override
        public DeliveryReport deliver(Duration limit, TaskLog log) {
            deliveries++;
            return report;
        }

        private final class OtherDesk implements TaskDesk {
            private final String task;

            OtherDesk(String task) {
                this.task = task;
            }

            @Override
            public Artifact publish(Draft draft) {
                spokenFor.put(task, draft.produced().path("data"));
                return desk.publish(draft);
            }

            @Override
            public boolean everHandedOver(ArtifactType type, String name) {
                return spokeItself.contains(task);
            }

            @Override
            public List<Artifact> handedOver() {
                return List.of();
            }

            @Override
            public Optional<String> shortcoming() {
                return Optional.empty();
            }

            @Override
            public Optional<Artifact> newestOnDisk(ArtifactType type, String name, Optional<String> symbol) {
                return newest(type, name, symbol);
            }

            @Override
            public void patch(String id, ObjectNode change) {
                throw new UnsupportedOperationException("delivery patches nothing");
            }

            @Override
            public Optional<Artifact> newest(ArtifactType type, String name, Optional<String> symbol) {
                return desk.newest(type, name, symbol);
            }

            @Override
            public byte[] blob(Artifact artifact) {
                throw new UnsupportedOperationException("delivery reads no bytes");
            }
        }
    }
}
