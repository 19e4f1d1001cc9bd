package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.remote.FailureKind;
import dev.signalwright.worker.remote.RemoteException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Intents over the same client as artifacts, never through the spool. */
@ApplicationScoped
class RestIntentDesk implements IntentDesk {
    private final ArtifactClient client;
    private final Clock clock;

    RestIntentDesk(ArtifactClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public IntentAnswer put(String slotSha256, ObjectNode intent) {
        return answer(stored(call(new Call.PutIntent(slotSha256, intent.toString()))));
    }

    @Override
    public Optional<IntentAnswer> find(String slotSha256) {
        Reply reply = call(new Call.GetIntent(slotSha256));
        return reply.status() == 404 ? Optional.empty() : Optional.of(answer(stored(reply)));
    }

    @Override
    public boolean claim(String slotSha256, String claimant) {
        Reply reply = call(new Call.ClaimIntent(
                slotSha256, Json.object().put("claimant", claimant).toString()));
        if (reply.isProblem("intent-already-claimed")) {
            return false;
        }
        return stored(reply).status() == 200;
    }

    @Override
    public void state(String slotSha256, String state, long permId, String note) {
        ObjectNode body = Json.object().put("state", state);
        if (permId != 0) {
            body.put("perm_id", permId);
        }
        if (!note.isBlank()) {
            body.put("note", note);
        }
        stored(call(new Call.SetIntentState(slotSha256, body.toString())));
    }

    private Reply call(Call call) {
        try {
            return client.call(call, clock.instant().plus(ArtifactClient.TOTAL));
        } catch (RemoteException e) {
            throw new IntentNotStoredException(String.valueOf(e.getMessage()), e.kind() != FailureKind.CLIENT, e);
        } catch (CircuitBreakerOpenException e) {
            throw new IntentNotStoredException("The artifact service was not answering just before.", true, e);
        }
    }

    private static Reply stored(Reply reply) {
        if (!reply.isSuccess()) {
            throw new IntentNotStoredException(
                    "The artifact service refused the order's intent: " + reply.describe() + ".", false, null);
        }
        return reply;
    }

    private static IntentAnswer answer(Reply reply) {
        if (reply.json() instanceof ObjectNode stored && stored.hasNonNull("state")) {
            return new IntentAnswer(
                    reply.status() == 201,
                    stored,
                    stored.path("state").asText(),
                    Optional.ofNullable(stored.path("claimed_by").textValue()));
        }
        throw new IntentNotStoredException(
                "The artifact service's answer about the order's intent is not an intent.", true, null);
    }
}
