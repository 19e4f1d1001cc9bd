package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.spool.RecordName;
import dev.signalwright.worker.spool.Spool;
import dev.signalwright.worker.spool.SpoolRecord;
import dev.signalwright.worker.spool.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The desk that writes to disk first. An artifact is queued in the spool, then written to the workspace: in the other
 * order a crash in between would leave an artifact that the next task uses and nobody ever sends.
 */
final class SpoolingDesk implements TaskDesk {
    private final RunIdentity identity;
    private final Spool spool;
    private final Workspace workspace;
    private final Dispatcher dispatcher;
    private final Shelf shelf;
    private final RemoteShelf remote;
    private final Clock clock;
    private final TaskLog log;

    private final List<Artifact> handedOver = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private Optional<String> firstOutage = Optional.empty();
    private Optional<String> lastOutage = Optional.empty();

    SpoolingDesk(
            RunIdentity identity, Spool spool, Workspace workspace, ArtifactClient client, Clock clock, TaskLog log) {
        this.identity = identity;
        this.spool = spool;
        this.workspace = workspace;
        this.dispatcher = new Dispatcher(spool, client, clock);
        this.shelf = new Shelf(workspace, identity.executionId(), log);
        this.remote = new RemoteShelf(client, identity, clock);
        this.clock = clock;
        this.log = log;
    }

    @Override
    public Artifact publish(Draft draft) {
        ObjectNode json = complete(draft);
        UUID id = UUID.fromString(json.path("id").asText());
        byte[] bytes = ContentHash.utf8(json);
        byte[] blob = draft.blob().map(Blob::bytes).orElseGet(() -> new byte[0]);
        try {
            append(new SpoolRecord(
                    SpoolRecord.Kind.ARTIFACT, identity.executionId(), id, clock.instant(), bytes, blob));
            workspace.write(identity.executionId(), id, bytes, blob);
            Artifact artifact = ArtifactJson.artifact(json);
            handedOver.add(artifact);
            origins.put(artifact.id(), artifact.origin());
            sendWaiting();
            return artifact;
        } catch (IOException e) {
            throw new HandOverException(
                    "The artifact " + draft.type().wire() + " \"" + draft.name() + "\" could not be made durable: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public void patch(String id, ObjectNode change) {
        try {
            append(new SpoolRecord(
                    SpoolRecord.Kind.PATCH,
                    identity.executionId(),
                    UUID.fromString(id),
                    clock.instant(),
                    ContentHash.utf8(change),
                    new byte[0]));
            sendWaiting();
        } catch (IOException e) {
            throw new HandOverException(
                    "The change of artifact " + id + " could not be made durable: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Artifact> newest(ArtifactType type, String name, Optional<String> symbol) {
        Optional<Artifact> found = newestOnDisk(type, name, symbol).or(() -> newestElsewhere(type, name, symbol));
        found.ifPresent(artifact -> origins.put(artifact.id(), artifact.origin()));
        return found;
    }

    /** What another host may have made. A run on one host never depends on the artifact service here. */
    private Optional<Artifact> newestElsewhere(ArtifactType type, String name, Optional<String> symbol) {
        boolean own = type.maker(name).filter(identity.taskId()::equals).isPresent();
        if (own && identity.tryNumber() == 1) {
            return Optional.empty(); // there is no earlier try that could have made it
        }
        try {
            return remote.newest(type, name, symbol);
        } catch (InputUnavailableException e) {
            if (own) {
                log.warn("Whether an earlier try on another host made " + type.wire() + " \"" + name
                        + "\" could not be asked; it is made anew.");
                return Optional.empty();
            }
            if (type.maker(name)
                    .filter(maker -> shelf.holds(ArtifactType.TASK_RESULT, "task_result", maker))
                    .isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<Artifact> newestOnDisk(ArtifactType type, String name, Optional<String> symbol) {
        return shelf.newest(type, name, symbol);
    }

    @Override
    public boolean everHandedOver(ArtifactType type, String name) {
        return shelf.holds(type, name, identity.taskId()) || remote.holds(type, name, identity.taskId());
    }

    @Override
    public byte[] blob(Artifact artifact) {
        String sha256 = artifact.json().path("blob").path("sha256").asText();
        if (sha256.isEmpty()) {
            throw new IllegalArgumentException("The artifact " + artifact.id() + " has no bytes.");
        }
        return shelf.blob(UUID.fromString(artifact.id()), sha256).orElseGet(() -> remote.blob(artifact.id(), sha256));
    }

    @Override
    public List<Artifact> handedOver() {
        return List.copyOf(handedOver);
    }

    @Override
    public Optional<String> shortcoming() {
        List<String> reasons = new ArrayList<>(refusals);
        try {
            sendWaiting();
            int waiting = waiting();
            if (waiting > 0 && lastOutage.isPresent()) {
                reasons.add(firstOutage.or(() -> lastOutage).orElseThrow()
                        + " "
                        + (waiting == 1 ? "1 artifact of this run is" : waiting + " artifacts of this run are")
                        + " kept in the spool and will be delivered later.");
            }
            // Else what waits came meanwhile, from a task beside this one, which sends it now and tells of it itself.
        } catch (IOException e) {
            reasons.add("The spool could not be read: " + e.getMessage());
        }
        return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", reasons));
    }

    /** Of the whole run: a task that made nothing itself is degraded too while the run's artifacts wait. */
    private int waiting() throws IOException {
        return spool.pending(identity.executionId()).size();
    }

    private void append(SpoolRecord content) throws IOException {
        spool.append(content);
    }

    /** Sends what waits of this run, oldest first, until the service turns out to be away. */
    private void sendWaiting() throws IOException {
        Instant deadline = clock.instant().plus(ArtifactClient.TOTAL);
        lastOutage = Optional.empty();
        for (RecordName name : spool.pending(identity.executionId())) {
            Dispatcher.Fate fate = dispatcher.send(name, deadline);
            if (fate instanceof Dispatcher.Fate.Waiting(String reason)) {
                String sentence = "An artifact waits in the spool: " + reason + ".";
                log.warn(sentence);
                lastOutage = Optional.of(sentence);
            } else if (fate instanceof Dispatcher.Fate.Quarantined(String reason)) {
                log.error("Not delivered: " + reason);
                refusals.add("Not delivered: " + reason + ".");
            } else if (fate instanceof Dispatcher.Fate.Outage(String reason)) {
                if (firstOutage.isEmpty()) {
                    log.warn(reason + " Artifacts are kept in the spool and will be delivered later.");
                    firstOutage = Optional.of(reason);
                }
                lastOutage = Optional.of(reason);
                return;
            }
        }
    }

    /** The contract's whole shape. The label's members come first, see {@link ArtifactJson.Label}. */
    private ObjectNode complete(Draft draft) {
        String key = identity.key(draft.type(), draft.name(), draft.symbol());
        ObjectNode json = Json.object().put("type", draft.type().wire()).put("name", draft.name());
        draft.symbol().ifPresent(symbol -> json.put("symbol", symbol));
        json.put("try_number", identity.tryNumber())
                .put("id", ArtifactId.of(key).toString())
                .put("key", key)
                .put("workflow_id", identity.dagId())
                .put("execution_id", identity.runId())
                .put("dag_id", identity.dagId())
                .put("task_id", identity.taskId())
                .put("step_name", identity.taskId())
                .put("map_index", identity.mapIndex())
                .put("origin", worstOrigin(draft).wire());
        draft.asOf().ifPresent(asOf -> json.put("as_of", asOf.toString()));
        ArrayNode parents = json.putArray("parents");
        draft.parents().forEach(parents::add);
        json.setAll(draft.produced().deepCopy());
        json.set("metadata", draft.metadata().deepCopy());
        Optional<String> blobSha256 = draft.blob().map(blob -> ContentHash.sha256(blob.bytes()));
        draft.blob()
                .ifPresent(blob -> json.putObject("blob")
                        .put("sha256", blobSha256.orElseThrow())
                        .put("media_type", blob.mediaType())
                        .put("size", blob.bytes().length));
        return json.put("content_sha256", ContentHash.of(json, blobSha256));
    }

    private Origin worstOrigin(Draft draft) {
        Origin worst = draft.origin();
        for (String parent : draft.parents()) {
            worst = worst.worst(origins.computeIfAbsent(parent, this::lookUpOrigin));
        }
        return worst;
    }

    private Origin lookUpOrigin(String id) {
        return shelf.read(UUID.fromString(id))
                .or(() -> remote.read(id))
                .map(Artifact::origin)
                .orElse(Origin.UNKNOWN);
    }
}
