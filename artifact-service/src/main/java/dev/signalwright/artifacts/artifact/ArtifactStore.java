package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Outcome;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import dev.signalwright.artifacts.blob.Blobs;
import dev.signalwright.artifacts.change.Change;
import dev.signalwright.artifacts.change.Changes;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Writing artifacts. A call returns only after the commit of everything that belongs to the artifact: its row, its parents,
 * its run's row and what the table of changes tells of it. New ones share commits ({@link WriteQueue}). The same key sent by
 * many at once becomes one row: who loses the race starts again and finds the winner's.
 */
@ApplicationScoped
class ArtifactStore {
    private static final int MOST_ATTEMPTS = 3;

    private final ArtifactRepository artifacts;
    private final Blobs blobs;
    private final WriteQueue queue;
    private final ArtifactWriter writer;
    private final Changes changes;
    private final Event<ArtifactsChanged> runs;
    private final Clock clock;
    private final WriteRetry retry;

    ArtifactStore(
            ArtifactRepository artifacts,
            Blobs blobs,
            WriteQueue queue,
            ArtifactWriter writer,
            Changes changes,
            Event<ArtifactsChanged> runs,
            Clock clock) {
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.queue = queue;
        this.writer = writer;
        this.changes = changes;
        this.runs = runs;
        this.clock = clock;
        this.retry = new WriteRetry(clock);
    }

    /**
     * @param created false when it was stored before
     * @param json of the artifact
     */
    @SuppressWarnings("ArrayRecordComponent") // goes onto the wire; identity is not used
    record Stored(UUID id, boolean created, byte[] json) {}

    /** @throws ProblemException for another content under the key, a deleted key, a missing parent, too good an origin */
    Stored store(NewArtifact sent, String actor) {
        List<Wish> wish = List.of(new Wish(sent, actor));
        if (sent.blob().isEmpty()) {
            return stored(queue.write(wish).getFirst());
        }
        // Beside its bytes, an artifact's share of a commit is small, and nobody else should wait for them.
        return blobs.areRows()
                ? stored(retry.call(() -> writer.write(wish)).getFirst())
                : storeAfterBlob(wish.getFirst());
    }

    private Stored storeAfterBlob(Wish wish) {
        for (int attempt = 1; ; attempt++) {
            keepBlob(wish.sent());
            try {
                return stored(queue.write(List.of(wish)).getFirst());
            } catch (RuntimeException failure) {
                // The last artifact that carried the same bytes was deleted in between, and the bytes with it.
                if (attempt == MOST_ATTEMPTS || !WriteRetry.isBroken(failure, "23503")) {
                    throw failure;
                }
            }
        }
    }

    /** The same for one without a blob, and without a thread that waits for the commit. */
    CompletionStage<Stored> storeSoon(NewArtifact sent, String actor) {
        return queue.submit(List.of(new Wish(sent, actor)))
                .thenCompose(outcomes -> outcomes.getFirst() instanceof Outcome.Created(Artifact artifact)
                        ? CompletableFuture.completedFuture(
                                new Stored(artifact.id(), true, ArtifactJson.around(sent, artifact)))
                        : CompletableFuture.supplyAsync(
                                () -> stored(outcomes.getFirst()), Infrastructure.getDefaultWorkerPool()));
    }

    /** Several without blobs, in one commit; what became of each. */
    List<Outcome> storeAll(List<NewArtifact> sent, String actor) {
        return sent.isEmpty()
                ? List.of()
                : queue.write(sent.stream().map(one -> new Wish(one, actor)).toList());
    }

    /** Bytes that lie outside come first, in a transaction of their own: a crash in between leaves bytes that nobody names. */
    private void keepBlob(NewArtifact sent) {
        sent.blob()
                .ifPresent(blob ->
                        retry.call(() -> QuarkusTransaction.requiringNew().call(() -> {
                            if (sent.key().isEmpty()
                                    || artifacts.findByIdOptional(sent.id()).isEmpty()) {
                                blobs.keep(blob.content(), clock.instant());
                            }
                            return sent.id();
                        })));
    }

    private Stored stored(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Created(Artifact artifact) -> new Stored(artifact.id(), true, ArtifactJson.bytes(artifact));
            case Outcome.Known(UUID id) -> new Stored(id, false, ArtifactJson.bytes(known(id)));
            case Outcome.Refused(ProblemException why) -> throw why;
        };
    }

    private Artifact known(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> {
            ArtifactEntity row = artifacts.findByIdOptional(id).orElseThrow(() -> missing(id));
            if (row.isDeleted()) {
                throw deleted(id);
            }
            return row.toArtifact();
        });
    }

    /** Applies an RFC 7396 merge patch. */
    Artifact patch(UUID id, ObjectNode change, String actor) {
        return retry.call(() -> QuarkusTransaction.requiringNew().call(() -> {
            ArtifactEntity row = live(id);
            new ArtifactPatch(row).apply(change);
            row.updatedAt = clock.instant();
            artifacts.flush();
            record(Change.Kind.ARTIFACT_UPDATED, row, actor, fieldsOf(change));
            return row.toArtifact();
        }));
    }

    /** Leaves a tombstone that keeps the key, the hash and where it was made. Deleting twice is the same as once. */
    void delete(UUID id, String actor) {
        retry.call(() -> QuarkusTransaction.requiringNew().call(() -> {
            buryUnlessHeld(id, actor);
            return id;
        }));
    }

    /** Within the caller's transaction. */
    void buryUnlessHeld(UUID id, String actor) throws SQLException {
        ArtifactEntity row = artifacts.findForUpdate(id).orElseThrow(() -> missing(id));
        if (row.isDeleted()) {
            return;
        }
        if (row.executionUuid != null && artifacts.isHeld(row.executionUuid)) {
            throw new ProblemException(
                    ProblemType.ON_HOLD,
                    "The run of this artifact is on legal hold. An operator can lift the hold:"
                            + " DELETE /api/executions/" + row.executionUuid + "/hold.",
                    Map.of("execution", row.executionUuid.toString()));
        }
        bury(row, actor);
    }

    private void bury(ArtifactEntity row, String actor) throws SQLException {
        String blob = row.blobSha256;
        row.deletedAt = clock.instant();
        row.updatedAt = row.deletedAt;
        row.canonical = null;
        row.canonicalSize = 0;
        row.prompt = null;
        row.signalData = null;
        row.dataOutline = null;
        row.metadata = null;
        row.action = null;
        row.confidence = null;
        row.imagePath = null;
        row.blobSha256 = null;
        artifacts.flush();
        if (blob != null) {
            blobs.dropUnused(blob);
        }
        record(Change.Kind.ARTIFACT_DELETED, row, actor, null);
        row.change(true).ifPresent(change -> runs.fire(new ArtifactsChanged(actor, List.of(change))));
    }

    private ArtifactEntity live(UUID id) {
        ArtifactEntity row = artifacts.findForUpdate(id).orElseThrow(() -> missing(id));
        if (row.isDeleted()) {
            throw deleted(id);
        }
        return row;
    }

    static ProblemException missing(UUID id) {
        return new ProblemException(ProblemType.NOT_FOUND, "No artifact has the id " + id + ".");
    }

    static ProblemException deleted(UUID id) {
        return new ProblemException(
                ProblemType.DELETED,
                "The artifact " + id + " was deleted. Its key stays taken for ever.",
                Map.of("artifact_id", id.toString()));
    }

    private void record(Change.Kind kind, ArtifactEntity row, String actor, @Nullable String detail)
            throws SQLException {
        changes.append(
                row.updatedAt,
                List.of(new Change(
                        kind,
                        actor,
                        row.id,
                        row.type,
                        row.symbol,
                        row.contentSha256,
                        row.executionUuid,
                        row.dagId == null ? row.workflowId : row.dagId,
                        row.executionId,
                        detail)));
    }

    private static String fieldsOf(ObjectNode change) {
        ObjectNode detail = CanonicalJson.MAPPER.createObjectNode();
        ArrayNode fields = detail.putArray("fields");
        change.fieldNames().forEachRemaining(fields::add);
        return detail.toString();
    }
}
