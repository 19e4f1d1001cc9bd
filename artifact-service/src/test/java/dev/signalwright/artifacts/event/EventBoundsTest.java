package dev.signalwright.artifacts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.change.Position;
import dev.signalwright.artifacts.testing.ChangeRows;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the event stream ends: too much missed, too many listeners, silence, a reader that does not read. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventBoundsTest {
    /** As {@link TokenHome} sets them. */
    private static final int MOST_MISSED = 1_000;

    private static final int MOST_OF_A_TOKEN = 8;
    private static final int MOST = 12;

    @Inject
    DataSource database;

    @Inject
    MeterRegistry metrics;

    @TestHTTPResource("/api/events")
    URI address;

    private final String dag = "dag-" + UUID.randomUUID();

    @BeforeEach
    void nobodyListens() {
        await(() -> listeners() == 0);
    }

    /** As the metric tells; it is there from the first listener on. */
    private int listeners() {
        Gauge gauge = metrics.find("signalwright.events.listeners").gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited too long");
            Thread.onSpinWait();
        }
    }

    private EventStream listen(String token, String lastEventId) throws Exception {
        return new EventStream(URI.create(address + "?dag_id=" + dag), token, lastEventId);
    }

    private EventStream listen(String lastEventId) throws Exception {
        return listen(TokenHome.VIEWER, lastEventId);
    }

    @Test
    void whoHasMissedTooMuchIsToldToReadTheListsAndOneLessIsToldEverything() throws Exception {
        String last;
        try (EventStream stream = listen("")) {
            last = stream.next().id();
        }
        ChangeRows.addMany(database, dag, MOST_MISSED, 1);
        try (EventStream stream = listen(last)) {
            List<EventStream.Event> missed = stream.next(MOST_MISSED);
            assertTrue(missed.getLast().data().contains("run " + MOST_MISSED + "\""));
            ChangeRows.addMany(database, dag, 1, 1);
            stream.next(1);
        }
        try (EventStream stream = listen(last)) {
            assertEquals(410, stream.status);
            assertTrue(stream.body.contains("event-too-old"), stream.body);
            assertTrue(stream.body.contains("Read the lists and listen again without it"), stream.body);
        }
        await(() -> listeners() == 0);
    }

    @Test
    void aTokenWithTooManyListenersIsTurnedAwayUntilOneLeavesAndOthersAreNot() throws Exception {
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_OF_A_TOKEN; i++) {
                streams.add(listen(""));
                assertEquals(200, streams.getLast().status);
            }
            try (EventStream oneMore = listen("");
                    EventStream other = listen(TokenHome.WORKER, "")) {
                assertEquals(429, oneMore.status);
                assertTrue(Integer.parseInt(oneMore.retryAfter) >= 1);
                assertTrue(oneMore.body.contains("too-many-requests"), oneMore.body);
                assertEquals(200, other.status);
            }
            streams.removeFirst().close();
            await(() -> listeners() == MOST_OF_A_TOKEN - 1);
            try (EventStream again = listen("")) {
                assertEquals(200, again.status);
            }
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void aReplicaWithTooManyListenersSaysWhenToComeBack() throws Exception {
        List<EventStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < MOST; i++) {
                streams.add(listen(i < MOST_OF_A_TOKEN ? TokenHome.VIEWER : TokenHome.WORKER, ""));
                assertEquals(200, streams.getLast().status);
            }
            try (EventStream oneMore = listen(TokenHome.OPERATOR, "")) {
                assertEquals(503, oneMore.status);
                assertTrue(Integer.parseInt(oneMore.retryAfter) >= 1);
                assertTrue(oneMore.body.contains("too-many-listeners"), oneMore.body);
            }
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    @Test
    void silenceIsBrokenByAPlaceToComeBackToThatPassesNothingBy() throws Exception {
        String slow;
        String last;
        try (Connection older = database.getConnection()) {
            older.setAutoCommit(false);
            slow = UUID.randomUUID().toString();
            try (EventStream stream = listen("")) {
                Position first = position(stream.next());
                ChangeRows.addMany(database, "elsewhere", 1, 1);
                EventStream.Event beat = stream.next();
                while (!position(beat).isAfter(first)) {
                    assertEquals("", beat.name());
                    assertEquals("", beat.data());
                    beat = stream.next();
                }
                // From here on an older transaction holds the stream back, and every heartbeat with it.
                ChangeRows.add(older, "artifact.created", slow, dag, "run");
                ChangeRows.addMany(database, "elsewhere", 5, 1);
                stream.next();
                last = stream.next().id();
            }
            older.commit();
            older.setAutoCommit(true);
        }
        try (EventStream stream = listen(last)) {
            assertTrue(stream.next(1).getFirst().data().contains(slow));
        }
    }

    private static Position position(EventStream.Event event) {
        return Position.ofText(event.id()).orElseThrow();
    }

    @Test
    void aRevokedTokenHearsNothingMoreAndOthersDo() throws Exception {
        String name = "t-" + UUID.randomUUID();
        JsonNode made = tokens("POST", "", "{\"name\":\"" + name + "\",\"role\":\"viewer\"}");
        try (EventStream revoked = listen(made.path("token").asText(), "");
                EventStream other = listen("")) {
            assertEquals(200, revoked.status);
            tokens("DELETE", "/" + made.path("id").asText(), "");
            EventStream.Event event = revoked.next();
            while (!event.name().equals("end")) {
                event = revoked.next();
            }
            await(() -> listeners() == 1);
            ChangeRows.addMany(database, dag, 1, 1);
            assertEquals(1, other.next(1).size());
        }
    }

    private JsonNode tokens(String method, String below, String json) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/tokens" + below))
                    .header("Authorization", "Bearer " + TokenHome.OPERATOR)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(json))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.statusCode() < 300, answer.body());
            return new ObjectMapper().readTree(answer.body());
        }
    }

    /** One reader leaves its socket full. It is cut while the other hears everything, and no more is kept for it. */
    @Test
    void aReaderThatDoesNotReadIsCutAndOthersGoOn() throws Exception {
        int chunk = 200;
        int told = 0;
        try (Socket stuck = stuck();
                EventStream reader = listen("")) {
            reader.next();
            await(() -> listeners() == 2);
            while (listeners() == 2) {
                assertTrue(told < 20_000, "nobody was cut");
                ChangeRows.addMany(database, dag, chunk, 1_900);
                told += reader.next(chunk).size();
            }
            assertEquals(1, listeners());
            ChangeRows.addMany(database, dag, chunk, 1_900);
            assertEquals(chunk, reader.next(chunk).size());
            String heard = untilTheEnd(stuck);
            int whole = heard.split("\nevent: ?execution.changed", -1).length - 1;
            assertTrue(whole > 0 && whole < told, whole + " of " + told);
        }
    }

    private Socket stuck() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        String request = "GET /api/events?dag_id=" + dag + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TokenHome.WORKER + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String untilTheEnd(Socket socket) {
        StringBuilder text = new StringBuilder();
        try (InputStream in = socket.getInputStream()) {
            byte[] bytes = new byte[65_536];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException reset) {
            assertFalse(reset.toString().contains("timed out"), "the connection is still open");
        }
        return text.toString().replace("\r", "");
    }
}
