package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.remote.RemoteException;
import dev.signalwright.worker.remote.RequestBrokeException;
import dev.signalwright.worker.spool.RecordName;
import dev.signalwright.worker.spool.Spool;
import dev.signalwright.worker.spool.SpoolRecord;
import dev.signalwright.worker.spool.Taking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Sends spooled records and decides by the answer what becomes of them ({@code docs/spool.md}). */
final class Dispatcher {
    /** A record sent later than this after its hand-over tells the service when that was. */
    private static final Duration LATE = Duration.ofSeconds(30);

    /** So many records in a row on which the service failed mean that the service is what is wrong. */
    private static final int MOST_STUMBLES = 3;

    private final Spool spool;
    private final ArtifactClient client;
    private final Clock clock;

    private int stumbles;

    Dispatcher(Spool spool, ArtifactClient client, Clock clock) {
        this.spool = spool;
        this.client = client;
        this.clock = clock;
    }

    /** What became of a record. */
    sealed interface Fate {
        /** The service has it. */
        record Delivered() implements Fate {}

        /** Somebody else has it in hand, or had. */
        record Elsewhere() implements Fate {}

        /** It stays in the spool; the others may go on. */
        record Waiting(String reason) implements Fate {}

        /** It stays in the spool, and so would every other: the service cannot be used now. */
        record Outage(String reason) implements Fate {}

        /** It was put aside for a person to look at. */
        record Quarantined(String reason) implements Fate {}
    }

    /** Sends one record. */
    Fate send(RecordName name, Instant deadline) throws IOException {
        Taking taking = spool.take(name);
        if (taking instanceof Taking.Taken taken) {
            try (taken) {
                return send(taken, deadline);
            }
        }
        return taking instanceof Taking.Unreadable(String reason)
                ? new Fate.Quarantined("the spool's record " + name + " cannot be sent: " + reason)
                : new Fate.Elsewhere();
    }

    private Fate send(Taking.Taken taken, Instant deadline) throws IOException {
        Reply reply;
        try {
            reply = client.call(callFor(taken.content()), deadline);
        } catch (RequestBrokeException e) {
            return stumbled(taken.content().artifactId(), e);
        } catch (RemoteException e) {
            return new Fate.Outage(String.valueOf(e.getMessage()));
        } catch (CircuitBreakerOpenException e) {
            return new Fate.Outage("The artifact service was not answering just before.");
        }
        stumbles = 0;
        if (reply.isSuccess() || reply.status() == 410) {
            taken.remove();
            return new Fate.Delivered();
        }
        return refused(taken, reply);
    }

    /** One record that the service cannot digest must not hold up the others; several in a row are an outage. */
    private Fate stumbled(UUID artifact, RequestBrokeException e) {
        stumbles++;
        String sentence = String.valueOf(e.getMessage());
        return stumbles < MOST_STUMBLES
                ? new Fate.Waiting("artifact " + artifact + ": " + sentence.substring(0, sentence.length() - 1))
                : new Fate.Outage(sentence);
    }

    private Fate refused(Taking.Taken taken, Reply reply) throws IOException {
        boolean patch = taken.content().kind() == SpoolRecord.Kind.PATCH;
        int status = reply.status();
        if ((status == 409 && reply.isProblem("parent-not-stored")) || (status == 404 && patch)) {
            return new Fate.Waiting("what it builds on is not stored yet (" + reply.describe() + ")");
        }
        if (status < 400 || List.of(401, 403, 404, 405).contains(status)) {
            // Nothing is wrong with the record; the address or the token is.
            return new Fate.Outage("The artifact service did not let this worker in (" + reply.describe()
                    + "). Check ARTIFACT_SERVICE_URL and ARTIFACT_SERVICE_TOKEN_FILE.");
        }
        String reason = "the artifact service refused it for good: " + reply.describe();
        taken.quarantine(reason);
        return new Fate.Quarantined(
                "the artifact " + taken.content().artifactId() + " was put into quarantine: " + reason);
    }

    private Call callFor(SpoolRecord content) {
        String json = new String(content.json(), StandardCharsets.UTF_8);
        return switch (content.kind()) {
            case PATCH -> new Call.PatchArtifact(content.artifactId(), json);
            case ARTIFACT ->
                new Call.PutArtifact(content.artifactId(), dated(json, content.spooledAt()), blob(content));
        };
    }

    /** {@code spooled_at} is not part of the content hash, so it can be added when the delay is known. */
    private String dated(String json, Instant spooledAt) {
        boolean late = Duration.between(spooledAt, clock.instant()).compareTo(LATE) > 0;
        return late ? "{\"spooled_at\":\"" + spooledAt + "\"," + json.substring(1) : json;
    }

    private static Optional<Blob> blob(SpoolRecord content) {
        if (content.blob().length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode artifact = Json.MAPPER.readTree(content.json());
            String mediaType = artifact.path("blob").path("media_type").asText("application/octet-stream");
            return Optional.of(new Blob(mediaType, content.blob()));
        } catch (IOException e) {
            throw new IllegalStateException("A record with a right checksum holds no JSON.", e);
        }
    }
}
