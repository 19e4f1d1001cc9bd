package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.ArtifactAudit;
import dev.signalwright.artifacts.artifact.ArtifactAudit.Looked;
import dev.signalwright.artifacts.blob.Blobs;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.seal.Verification.Broken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares artifacts with themselves, with their newest change and its seal, and with their bytes. */
final class ArtifactCheck {
    private final SealRepository seals;
    private final Blobs blobs;
    private final Findings findings;

    ArtifactCheck(SealRepository seals, Blobs blobs, Findings findings) {
        this.seals = seals;
        this.blobs = blobs;
        this.findings = findings;
    }

    void check(List<Looked> looked) {
        Map<UUID, SealRepository.Newest> newest =
                seals.newestOf(looked.stream().map(Looked::id).toList());
        for (Looked artifact : looked) {
            findings.artifactChecked();
            SealRepository.Newest change = newest.get(artifact.id());
            for (String what : faults(artifact, change)) {
                findings.add(new Broken(
                        Optional.of(artifact.id()), Optional.empty(), change == null ? 0 : change.seq(), what));
            }
        }
    }

    private List<String> faults(Looked artifact, SealRepository.@Nullable Newest change) {
        if (change == null) {
            return List.of("No change tells of this artifact: its changes are gone, or its row was made by hand.");
        }
        List<String> faults = new ArrayList<>();
        content(artifact, change).ifPresent(faults::add);
        if (!artifact.differing().isEmpty()) {
            faults.add("Differs from the canonical bytes: " + String.join(", ", artifact.differing()) + ".");
        }
        if (artifact.deleted() != change.kind().equals("artifact.deleted")) {
            faults.add(
                    artifact.deleted()
                            ? "It is a tombstone, but no change tells that it was deleted."
                            : "It was deleted and has content again.");
        }
        if (change.line() != null) {
            side(artifact, change.line()).ifPresent(faults::add);
        }
        artifact.side().blobSha256().flatMap(this::bytes).ifPresent(faults::add);
        return faults;
    }

    private static Optional<String> content(Looked artifact, SealRepository.Newest change) {
        boolean columnHolds =
                change.contentSha256() == null || change.contentSha256().equals(artifact.contentSha256());
        if (!columnHolds) {
            return Optional.of("`content_sha256` is not what was recorded.");
        }
        boolean bytesHold =
                artifact.canonicalSha256().map(artifact.contentSha256()::equals).orElse(true);
        return bytesHold ? Optional.empty() : Optional.of("The canonical bytes do not have the hash `content_sha256`.");
    }

    private static Optional<String> side(Looked artifact, String line) {
        ObjectNode sealed;
        try {
            sealed = SealText.read(line);
        } catch (IllegalArgumentException told) {
            return Optional.empty(); // the chain's check names the line
        }
        ArtifactAudit.Side side = artifact.side();
        if (!sealed.has("side_sha256")) {
            return Optional.of("Its row was gone when it was sealed.");
        }
        List<String> parents = new ArrayList<>();
        sealed.path("parents").forEach(parent -> parents.add(parent.asText()));
        if (!parents.equals(side.parents().stream().map(UUID::toString).toList())) {
            return Optional.of("Its parents are not those that were sealed.");
        }
        if (!Optional.ofNullable(sealed.path("blob_sha256").textValue()).equals(side.blobSha256())) {
            return Optional.of("`blob_sha256` is not what was sealed.");
        }
        return sealed.path("side_sha256").asText().equals(side.sideSha256())
                ? Optional.empty()
                : Optional.of(
                        "Not what was sealed: one of key, metadata, run_id, experiment_id, blob_media_type, blob_size,"
                                + " created_at, spooled_at.");
    }

    private Optional<String> bytes(String sha256) {
        try {
            findings.blobChecked();
            blobs.read(sha256);
            return Optional.empty();
        } catch (ProblemException problem) {
            return Optional.of(String.valueOf(problem.getMessage()));
        }
    }
}
