package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.blob.Blobs;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writing artifacts. Everything of one artifact is one transaction, and a call returns only after its commit. The same key
 * sent by many at once becomes one row: who loses the race starts again and finds the winner's.
 */
@ApplicationScoped
class ArtifactStore {
    private final ArtifactRepository artifacts;
    private final Blobs blobs;
    private final Event<ArtifactChanged> changes;
    private final Clock clock;
    private final WriteRetry retry;

    ArtifactStore(ArtifactRepository artifacts, Blobs blobs, Event<ArtifactChanged> changes, Clock clock) {
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.changes = changes;
        this.clock = clock;
        this.retry = new WriteRetry(clock);
    }

    /** @param created false when it was stored before */
    record Stored(Artifact artifact, boolean created) {}

    /** @throws ProblemException for another content under the key, a deleted key, a missing parent, too good an origin */
    Stored store(NewArtifact sent) {
        return retry.call(() -> QuarkusTransaction.requiringNew().call(() -> storeOnce(sent)));
    }

    private Stored storeOnce(NewArtifact sent) {
        Optional<ArtifactEntity> there = sent.key().flatMap(key -> artifacts.findByIdOptional(sent.id()));
        if (there.isPresent()) {
            return new Stored(sameContent(there.get(), sent).toArtifact(), false);
        }
        checkParents(sent);
        Instant now = clock.instant();
        ArtifactEntity row = new ArtifactEntity();
        row.id = sent.id();
        row.key = sent.key().orElse(null);
        row.createdAt = now;
        row.updatedAt = now;
        row.metadata = sent.side().metadata().toString();
        row.runId = sent.side().runId().orElse(null);
        row.experimentId = sent.side().experimentId().orElse(null);
        row.spooledAt = sent.side().spooledAt().orElse(null);
        row.parents.addAll(sent.parents());
        sent.fill(row);
        sent.blob().ifPresent(blob -> {
            blobs.keep(blob.sha256(), blob.bytes(), now);
            row.blobSha256 = blob.sha256();
            row.blobMediaType = blob.mediaType();
            row.blobSize = (long) blob.bytes().length;
        });
        artifacts.persistAndFlush(row);
        tell(row, false);
        return new Stored(row.toArtifact(), true);
    }

    private static ArtifactEntity sameContent(ArtifactEntity row, NewArtifact sent) {
        if (row.isDeleted()) {
            throw deleted(row.id);
        }
        if (!row.contentSha256.equals(sent.contentSha256())) {
            throw new ProblemException(
                    ProblemType.KEY_CONFLICT,
                    "Other content is stored under this key and stays as it is. A new try needs a new try_number.",
                    Map.of(
                            "artifact_id", row.id.toString(),
                            "stored_sha256", row.contentSha256,
                            "sent_sha256", sent.contentSha256()));
        }
        return row;
    }

    private void checkParents(NewArtifact sent) {
        Map<UUID, ArtifactEntity> stored =
                artifacts.load(sent.parents()).stream().collect(Collectors.toMap(row -> row.id, Function.identity()));
        List<String> missing = new ArrayList<>();
        for (UUID parent : sent.parents()) {
            ArtifactEntity row = stored.get(parent);
            if (row == null) {
                missing.add(parent.toString());
            } else if (sent.origin().isBetterThan(Origin.ofWire(row.origin).orElseThrow())) {
                throw new ProblemException(
                        ProblemType.ORIGIN_TOO_GOOD,
                        "The artifact claims the origin %s, but its parent %s is %s."
                                .formatted(sent.origin().wire(), parent, row.origin),
                        Map.of(
                                "origin",
                                sent.origin().wire(),
                                "parent",
                                parent.toString(),
                                "parent_origin",
                                row.origin));
            }
        }
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemType.PARENT_NOT_STORED,
                    "Send the parents first, then this artifact again as it is.",
                    Map.of("missing", missing));
        }
    }

    /** Applies an RFC 7396 merge patch. */
    Artifact patch(UUID id, ObjectNode change) {
        return retry.call(() -> QuarkusTransaction.requiringNew().call(() -> {
            ArtifactEntity row = live(id);
            new ArtifactPatch(row).apply(change);
            row.updatedAt = clock.instant();
            artifacts.flush();
            return row.toArtifact();
        }));
    }

    /** Leaves a tombstone that keeps the key, the hash and where it was made. Deleting twice is the same as once. */
    void delete(UUID id) {
        retry.call(() -> QuarkusTransaction.requiringNew().call(() -> {
            buryUnlessHeld(id);
            return id;
        }));
    }

    /** Within the caller's transaction. */
    void buryUnlessHeld(UUID id) {
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
        bury(row);
    }

    private void bury(ArtifactEntity row) {
        String blob = row.blobSha256;
        row.deletedAt = clock.instant();
        row.updatedAt = row.deletedAt;
        row.canonical = null;
        row.canonicalSize = 0;
        row.prompt = null;
        row.response = null;
        row.chartData = null;
        row.signalData = null;
        row.data = null;
        row.metadata = null;
        row.action = null;
        row.confidence = null;
        row.imagePath = null;
        row.blobSha256 = null;
        artifacts.flush();
        if (blob != null) {
            blobs.dropUnused(blob);
        }
        tell(row, true);
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

    private void tell(ArtifactEntity row, boolean deleted) {
        row.change(deleted).ifPresent(changes::fire);
    }
}
