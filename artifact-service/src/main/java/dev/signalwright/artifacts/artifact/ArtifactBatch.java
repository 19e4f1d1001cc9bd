package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.ArtifactWriter.Outcome;
import dev.signalwright.artifacts.problem.ProblemDetails;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code {"artifacts": [...]}}: up to 500 artifacts with keys and without blobs. Each is judged by itself, in the order in
 * which they stand, so that a child may follow its parent; what is right of them is stored in one commit. The answer has one
 * result for each, in the same order, with the status and the problem that the artifact alone would have been answered with.
 */
record ArtifactBatch(List<Sent> all) {
    private static final int MOST = 500;

    /** As much as one request may have. */
    private static final int MOST_BYTES = 16 << 20;

    /** One of them: right as far as can be said without the database, or wrong. */
    private sealed interface Sent {
        record Right(NewArtifact artifact) implements Sent {}

        record Wrong(ProblemException why) implements Sent {}
    }

    /** @throws ProblemException when the body is no batch at all */
    static ArtifactBatch read(byte[] body) {
        ObjectNode json = ArtifactReader.object(body, MOST_BYTES);
        if (!(json.get("artifacts") instanceof ArrayNode artifacts)) {
            throw ProblemException.ofField(ProblemType.NOT_VALID, "artifacts", "must be a list of artifacts");
        }
        if (artifacts.isEmpty() || artifacts.size() > MOST) {
            throw ProblemException.ofField(
                    ProblemType.NOT_VALID,
                    "artifacts",
                    "must hold 1 to " + MOST + " artifacts; it holds " + artifacts.size());
        }
        // Half of a batch's time, and each artifact is read by itself: on all processors, in the same order.
        return new ArtifactBatch(IntStream.range(0, artifacts.size())
                .parallel()
                .mapToObj(i -> one(artifacts.get(i)))
                .toList());
    }

    /** Those that are to be stored, in their order. */
    List<NewArtifact> right() {
        return all.stream()
                .flatMap(
                        sent -> sent instanceof Sent.Right(NewArtifact artifact) ? Stream.of(artifact) : Stream.empty())
                .toList();
    }

    private static Sent one(JsonNode artifact) {
        try {
            if (!(artifact instanceof ObjectNode json)) {
                throw new ProblemException(ProblemType.MALFORMED_REQUEST, "An artifact must be a JSON object.");
            }
            if (!json.hasNonNull("key")) {
                // Sent again after a lost answer it would be stored twice.
                throw ProblemException.ofField(
                        ProblemType.NOT_VALID, "key", "is missing: artifacts without a key are sent one by one");
            }
            NewArtifact sent = ArtifactReader.read(json, Optional.empty());
            if (sent.canonical().length > ArtifactReader.MOST_JSON_BYTES) {
                throw new ProblemException(
                        ProblemType.TOO_LARGE,
                        "The artifact has " + sent.canonical().length + " bytes; at most "
                                + ArtifactReader.MOST_JSON_BYTES + " are stored.");
            }
            return new Sent.Right(sent);
        } catch (ProblemException wrong) {
            return new Sent.Wrong(wrong);
        }
    }

    /**
     * The answer's body.
     *
     * @param outcomes one for each of {@link #right()}
     */
    ObjectNode answer(List<Outcome> outcomes) {
        Iterator<Outcome> next = outcomes.iterator();
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        ArrayNode results = json.putArray("results");
        for (Sent sent : all) {
            results.add(
                    switch (sent) {
                        case Sent.Wrong(ProblemException why) -> refused(why);
                        case Sent.Right(NewArtifact artifact) -> result(artifact, next.next());
                    });
        }
        return json;
    }

    private static ObjectNode result(NewArtifact sent, Outcome outcome) {
        ObjectNode result = switch (outcome) {
            case Outcome.Created ignored -> stored(201, sent);
            case Outcome.Known ignored -> stored(200, sent);
            case Outcome.Refused(ProblemException why) -> refused(why);
        };
        return result.put("id", sent.id().toString());
    }

    private static ObjectNode stored(int status, NewArtifact sent) {
        return CanonicalJson.MAPPER
                .createObjectNode()
                .put("status", status)
                .put("content_sha256", sent.contentSha256());
    }

    private static ObjectNode refused(ProblemException why) {
        ObjectNode result =
                CanonicalJson.MAPPER.createObjectNode().put("status", why.type().status());
        result.set("problem", ProblemDetails.json(why));
        return result;
    }
}
