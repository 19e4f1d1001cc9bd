package dev.signalwright.worker.artifacts;

import dev.signalwright.worker.remote.FailureKind;
import dev.signalwright.worker.remote.RemoteException;
import dev.signalwright.worker.remote.RequestBrokeException;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An artifact service that answers what the test says, without a network. Remembers what it was asked. */
final class ScriptedClient extends ArtifactClient {
    final List<Call> calls = new ArrayList<>();
    Function<Call, Reply> script;

    ScriptedClient(Function<Call, Reply> script) {
        super(
                null,
                new Settings.ArtifactServiceSettings(URI.create("http://localhost"), new Secret("t")),
                Clock.systemUTC());
        this.script = script;
    }

    static Reply away(Call call) {
        throw new RemoteException(
                "The artifact service at http://localhost could not be reached.",
                FailureKind.CONNECT,
                true,
                Optional.empty(),
                null);
    }

    static Reply broke(Call call) {
        throw new RequestBrokeException(
                "The artifact service at http://localhost failed on it (status 500; its log says why).",
                true,
                Optional.empty());
    }

    static Function<Call, Reply> status(int status, String body) {
        return call -> new Reply(status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    Reply call(Call call, Instant deadline) {
        calls.add(call);
        return script.apply(call);
    }
}
