package dev.signalwright.worker.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.signalwright.worker.remote.FailureKind;
import dev.signalwright.worker.remote.RemoteException;
import dev.signalwright.worker.remote.RequestBrokeException;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real client bean with its retries and its breaker, over a real socket. */
@QuarkusTest
class ArtifactClientTest {
    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    private static final Deque<Answer> ANSWERS = new ArrayDeque<>();
    private static final HttpServer SERVICE = service();

    @Inject
    ArtifactClient client;

    @Inject
    CircuitBreakerMaintenance breakers;

    private record Answer(int status, Map<String, String> headers, String body) {
        Answer(int status, Map<String, String> headers) {
            this(status, headers, status == 422 ? "{\"detail\":\"The confidence is above 1.\"}" : "");
        }
    }

    @BeforeEach
    void beginAnew() {
        REQUESTS.clear();
        ANSWERS.clear();
        breakers.resetAll();
    }

    @Test
    void retriesWhatTheServerCouldNotDoAndSendsTheBytesAgain() {
        answer(503, 500, 201);
        assertEquals(
                201,
                put(Optional.of(new Blob("image/png", new byte[] {1, 2, 3}))).status());
        assertEquals(3, REQUESTS.size());
        String request = REQUESTS.getLast();
        assertTrue(request.contains("name=\"artifact\"") && request.contains("application/json"), request);
        assertTrue(request.contains("name=\"content\"") && request.contains("image/png"), request);
        assertTrue(request.contains("\u0001\u0002\u0003"), request);
    }

    @Test
    void neverRetriesARefusalAndKeepsItsReason() {
        answer(422);
        Reply refusal = put(Optional.empty());
        assertEquals(422, refusal.status());
        assertEquals("status 422, The confidence is above 1.", refusal.describe());
        assertEquals(1, REQUESTS.size());
    }

    @Test
    void tellsAnOrderThatSomebodyElseClaimedFromOneThatWasNotAsked() {
        IntentDesk intents = new RestIntentDesk(client, Clock.systemUTC());
        ANSWERS.add(
                new Answer(409, Map.of(), "{\"type\":\"https://signalwright.dev/problems/intent-already-claimed\"}"));
        assertEquals(false, intents.claim("slot", "me"));
        answer(500);
        assertThrows(IntentNotStoredException.class, () -> intents.claim("slot", "me"));
    }

    @Test
    void followsNoRedirect() {
        ANSWERS.add(new Answer(302, Map.of("Location", "/api/elsewhere")));
        assertEquals(302, put(Optional.empty()).status());
        assertEquals(1, REQUESTS.size());
    }

    @Test
    void givesUpAtOnceWhenAskedToWaitLongerThanThereIsTime() {
        ANSWERS.add(new Answer(429, Map.of("Retry-After", "86400")));
        RemoteException failure = assertThrows(RemoteException.class, () -> put(Optional.empty()));
        assertEquals(FailureKind.THROTTLED, failure.kind());
        assertEquals(1, REQUESTS.size());
    }

    @Test
    void opensItsBreakerAfterFourFailuresAndThenAsksNobody() {
        answer(503, 502, 503, 504);
        assertThrows(RemoteException.class, () -> put(Optional.empty()));
        assertThrows(CircuitBreakerOpenException.class, () -> put(Optional.empty()));
        assertEquals(4, REQUESTS.size());
    }

    @Test
    void aRequestThatBrokeSomethingThereSaysNothingAgainstTheNextOne() {
        answer(500, 500, 500, 500, 201);
        assertThrows(RequestBrokeException.class, () -> put(Optional.empty()));
        assertEquals(201, put(Optional.empty()).status());
    }

    @Test
    void asksForAnOrdersClaimOnlyOnce() {
        answer(500);
        assertThrows(RemoteException.class, () -> client.call(new Call.ClaimIntent("slot", "{}"), deadline()));
        assertEquals(1, REQUESTS.size());
    }

    private Reply put(Optional<Blob> blob) {
        return client.call(
                new Call.PutArtifact(UUID.fromString("d737b10f-a8ae-58c6-ab60-aba7fd3821e7"), "{}", blob), deadline());
    }

    private static Instant deadline() {
        return Clock.systemUTC().instant().plus(ArtifactClient.TOTAL);
    }

    private static void answer(int... statuses) {
        for (int status : statuses) {
            ANSWERS.add(new Answer(status, Map.of()));
        }
    }

    private static HttpServer service() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                REQUESTS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                Answer answer = ANSWERS.poll();
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands in for the settings of the environment. */
    @Singleton
    static class TestSettings {
        @Produces
        @Singleton
        @Alternative
        @Priority(1)
        Settings settings() {
            return new Settings(
                    Path.of("target"),
                    Path.of("target", "spool"),
                    Collections.emptyList(),
                    "s",
                    ZoneOffset.UTC,
                    Duration.ofMinutes(30),
                    new Settings.ArtifactServiceSettings(
                            URI.create(
                                    "http://127.0.0.1:" + SERVICE.getAddress().getPort()),
                            new Secret("token")),
                    new Settings.GatewaySettings("127.0.0.1", 1, 1),
                    new Settings.ModelSettings(
                            Settings.Provider.RULES, Optional.empty(), Optional.empty(), Optional.empty()),
                    Optional.empty(),
                    new Settings.TradingSettings(Settings.TradingMode.OFF, Optional.empty()));
        }
    }
}
