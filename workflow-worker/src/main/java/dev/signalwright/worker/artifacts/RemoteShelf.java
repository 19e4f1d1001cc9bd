package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.remote.RemoteException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** The run's artifacts at the artifact service. "Not there" is an answer; "could not look" is an exception. */
final class RemoteShelf {
    private final ArtifactClient client;
    private final RunIdentity identity;
    private final Clock clock;

    RemoteShelf(ArtifactClient client, RunIdentity identity, Clock clock) {
        this.client = client;
        this.identity = identity;
        this.clock = clock;
    }

    /** Whether any try of that task left such an account-wide artifact there. */
    boolean holds(ArtifactType type, String name, String taskId) {
        for (JsonNode candidate : find(type, name, Optional.empty()).json().path("artifacts")) {
            if (candidate.path("task_id").asText().equals(taskId)) {
                return true;
            }
        }
        return false;
    }

    private Reply find(ArtifactType type, String name, Optional<String> symbol) {
        String what = type.wire() + " \"" + name + "\""
                + symbol.map(ticker -> " of " + ticker).orElse("");
        return ask(new Call.FindArtifacts(identity.dagId(), identity.runId(), type, name, symbol), what);
    }

    Optional<Artifact> newest(ArtifactType type, String name, Optional<String> symbol) {
        Reply found = find(type, name, symbol);
        JsonNode best = null;
        for (JsonNode candidate : found.json().path("artifacts")) {
            boolean fits = ArtifactJson.label(candidate).fits(type, name, symbol);
            // Newest first: of two with the same try the earlier listed one is the newer.
            if (fits && (best == null || tryNumber(candidate) > tryNumber(best))) {
                best = candidate;
            }
        }
        return best == null ? Optional.empty() : read(best.path("id").asText());
    }

    Optional<Artifact> read(String id) {
        Reply reply = ask(new Call.GetArtifact(id), "artifact " + id);
        if (reply.status() == 404 || reply.status() == 410) {
            return Optional.empty();
        }
        try {
            if (reply.json() instanceof ObjectNode json) {
                return Optional.of(ArtifactJson.checked(json));
            }
            throw new IOException("the answer is not JSON");
        } catch (IOException e) {
            throw new InputUnavailableException(
                    "The artifact service's answer about artifact " + id + " cannot be used: " + e.getMessage() + ".",
                    e);
        }
    }

    byte[] blob(String id, String sha256) {
        Reply reply = ask(new Call.GetContent(id), "the bytes of artifact " + id);
        if (!reply.isSuccess() || !ContentHash.sha256(reply.body()).equals(sha256)) {
            throw new InputUnavailableException(
                    "The bytes of artifact " + id + " are not on this disk, and what the artifact service gave does not"
                            + " match their hash.",
                    null);
        }
        return reply.body();
    }

    private Reply ask(Call call, String what) {
        Reply reply;
        try {
            reply = client.call(call, clock.instant().plus(ArtifactClient.TOTAL));
        } catch (RemoteException | CircuitBreakerOpenException e) {
            throw new InputUnavailableException(
                    "The input " + what + " is not on this disk, and the artifact service could not be asked for it.",
                    e);
        }
        if (reply.isSuccess() || reply.status() == 404 || reply.status() == 410) {
            return reply;
        }
        throw new InputUnavailableException(
                "The input " + what + " is not on this disk, and the artifact service refused to look it up: "
                        + reply.describe() + ".",
                null);
    }

    private static int tryNumber(JsonNode artifact) {
        return artifact.path("try_number").asInt();
    }
}
