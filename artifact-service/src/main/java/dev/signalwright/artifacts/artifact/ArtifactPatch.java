package dev.signalwright.artifacts.artifact;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import dev.signalwright.artifacts.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An RFC 7396 merge into one row. {@code metadata}, {@code run_id} and {@code experiment_id} may always change; what was
 * produced may not, except that an artifact without a key may be given members it lacks.
 */
final class ArtifactPatch {
    private static final Set<String> CHANGEABLE = Set.of("metadata", "run_id", "experiment_id");
    private static final Set<String> NEVER_FILLED = Set.of(
            "id", "key", "origin", "parents", "content_sha256", "blob", "created_at", "updated_at", "spooled_at");

    private static final String LIVE = "only a row that is no tombstone is patched";

    private final ArtifactEntity row;

    ArtifactPatch(ArtifactEntity row) {
        this.row = row;
    }

    void apply(ObjectNode change) {
        ObjectNode fill = CanonicalJson.MAPPER.createObjectNode();
        List<FieldError> refused = new ArrayList<>();
        ObjectNode produced = CanonicalJson.parse(requireNonNull(row.canonical, LIVE));
        change.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (CHANGEABLE.contains(name) || value.equals(produced.get(name))) {
                return;
            }
            if (row.key == null && !ArtifactRules.isKnown(name)) {
                return; // as on POST: old clients send more than is kept
            }
            if (row.key != null || NEVER_FILLED.contains(name)) {
                refused.add(new FieldError(name, "cannot be changed; only metadata, run_id and experiment_id can"));
            } else if (produced.has(name)) {
                refused.add(new FieldError(name, "has a value already and keeps it"));
            } else if (!value.isNull()) {
                fill.set(name, value);
            }
        });
        if (!refused.isEmpty()) {
            throw ProblemException.ofFields(ProblemType.FIELD_NOT_PATCHABLE, refused);
        }
        checkSide(change);
        mergeSide(change);
        if (!fill.isEmpty()) {
            produce(produced.setAll(fill));
        }
    }

    private void produce(ObjectNode produced) {
        JsonNode blobHash = produced.remove(CanonicalJson.BLOB_MEMBER);
        NewArtifact checked = ArtifactReader.read(produced, Optional.empty());
        if (blobHash == null) {
            checked.fill(row);
            return;
        }
        // The blob stays as it is: hash the new members together with its old hash.
        checked.withBlobHash(blobHash.asText()).fill(row);
    }

    private static void checkSide(ObjectNode change) {
        ObjectNode side = CanonicalJson.MAPPER.createObjectNode();
        CHANGEABLE.stream().filter(change::hasNonNull).forEach(name -> side.set(name, change.get(name)));
        List<FieldError> errors = new ArrayList<>(JsonValues.unkeepable(side));
        errors.addAll(ArtifactRules.ofMembers(side));
        if (!errors.isEmpty()) {
            throw ProblemException.ofFields(ProblemType.NOT_VALID, errors);
        }
    }

    private void mergeSide(ObjectNode change) {
        if (change.has("run_id")) {
            row.runId = change.get("run_id").textValue();
        }
        if (change.has("experiment_id")) {
            row.experimentId = change.get("experiment_id").textValue();
        }
        if (change.has("metadata")) {
            ObjectNode merged = CanonicalJson.MAPPER.createObjectNode();
            if (change.get("metadata") instanceof ObjectNode patch) {
                merged = merge(CanonicalJson.parse(requireNonNull(row.metadata, LIVE)), patch);
            }
            row.metadata = boundedText(merged);
        }
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> {
            String name = member.getKey();
            if (member.getValue().isNull()) {
                target.remove(name);
            } else if (member.getValue() instanceof ObjectNode inner) {
                ObjectNode below =
                        target.get(name) instanceof ObjectNode there ? there : CanonicalJson.MAPPER.createObjectNode();
                target.set(name, merge(below, inner));
            } else {
                target.set(name, member.getValue());
            }
        });
        return target;
    }

    private static String boundedText(ObjectNode metadata) {
        String text = metadata.toString();
        if (text.length() > ArtifactReader.MOST_JSON_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, "The metadata would grow beyond 1 MiB.");
        }
        return text;
    }
}
