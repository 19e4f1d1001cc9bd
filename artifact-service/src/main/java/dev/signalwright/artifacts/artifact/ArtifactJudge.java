package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactWriter.Outcome;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The rules of new artifacts against stored ones: a key holds one content for ever, parents are stored, and no origin is
 * better than a parent's. Each is judged alone; those before it in the same write count as stored.
 */
final class ArtifactJudge {
    private ArtifactJudge() {}

    /** What must be known of a stored artifact to judge a new one. */
    record StoredRow(String contentSha256, Origin origin, boolean deleted) {}

    /** @param fresh those to be stored, each id once */
    record Judged(Instant now, List<Outcome> outcomes, List<Wish> fresh) {}

    /** @param known what is stored under the keys and parents, as far as it was looked up; the new ones are added */
    static Judged judge(List<Wish> wishes, Map<UUID, StoredRow> known, Instant now) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Wish> fresh = new ArrayList<>();
        for (Wish wish : wishes) {
            Outcome outcome = judge(wish.sent(), known, now);
            if (outcome instanceof Outcome.Created) {
                fresh.add(wish);
                known.put(
                        wish.sent().id(),
                        new StoredRow(wish.sent().contentSha256(), wish.sent().origin(), false));
            }
            outcomes.add(outcome);
        }
        return new Judged(now, outcomes, fresh);
    }

    private static Outcome judge(NewArtifact sent, Map<UUID, StoredRow> known, Instant now) {
        StoredRow there = sent.key().isPresent() ? known.get(sent.id()) : null;
        if (there == null) {
            return parentProblem(sent, known)
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> new Outcome.Created(sent.storedAt(now)));
        }
        if (there.deleted()) {
            return new Outcome.Refused(ArtifactStore.deleted(sent.id()));
        }
        return there.contentSha256().equals(sent.contentSha256())
                ? new Outcome.Known(sent.id())
                : new Outcome.Refused(conflict(sent, there));
    }

    private static ProblemException conflict(NewArtifact sent, StoredRow there) {
        return new ProblemException(
                ProblemType.KEY_CONFLICT,
                "Other content is stored under this key and stays as it is. A new try needs a new try_number.",
                Map.of(
                        "artifact_id", sent.id().toString(),
                        "stored_sha256", there.contentSha256(),
                        "sent_sha256", sent.contentSha256()));
    }

    private static Optional<ProblemException> parentProblem(NewArtifact sent, Map<UUID, StoredRow> known) {
        List<String> missing = sent.parents().stream()
                .filter(parent -> !known.containsKey(parent))
                .map(UUID::toString)
                .toList();
        Optional<ProblemException> tooGood = sent.parents().stream()
                .filter(known::containsKey)
                .filter(parent -> sent.origin().isBetterThan(originOf(parent, known)))
                .findFirst()
                .map(parent -> tooGood(sent.origin(), parent, originOf(parent, known)));
        if (tooGood.isPresent() || missing.isEmpty()) {
            return tooGood;
        }
        return Optional.of(new ProblemException(
                ProblemType.PARENT_NOT_STORED,
                "Send the parents first, then this artifact again as it is.",
                Map.of("missing", missing)));
    }

    private static Origin originOf(UUID id, Map<UUID, StoredRow> known) {
        return known.getOrDefault(id, new StoredRow("", Origin.UNKNOWN, true)).origin();
    }

    private static ProblemException tooGood(Origin claimed, UUID parent, Origin worse) {
        return new ProblemException(
                ProblemType.ORIGIN_TOO_GOOD,
                "The artifact claims the origin %s, but its parent %s is %s."
                        .formatted(claimed.wire(), parent, worse.wire()),
                Map.of("origin", claimed.wire(), "parent", parent.toString(), "parent_origin", worse.wire()));
    }
}
