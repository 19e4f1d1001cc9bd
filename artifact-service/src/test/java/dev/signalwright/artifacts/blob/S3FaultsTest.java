package dev.signalwright.artifacts.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signalwright.artifacts.identity.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bucket can answer when it is not well. */
class S3FaultsTest {
    private static final byte[] BYTES = "the picture".getBytes(StandardCharsets.UTF_8);
    private static final String SHA256 = Sha256.of(BYTES);

    /** What the stub does with the next writes, in turn; then it behaves. */
    private enum Fault {
        RACE,
        SLOW_DOWN,
        STORES_BUT_NEVER_ANSWERS
    }

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final AtomicReference<byte[]> stored = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("GET")) {
            if (stored.get() == null) {
                error(exchange, 404, "NoSuchKey");
            } else {
                exchange.sendResponseHeaders(200, stored.get().length);
                exchange.getResponseBody().write(stored.get());
            }
            exchange.close();
            return;
        }
        boolean ifAbsent = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        writes.add(ifAbsent ? "if absent" : "anyway");
        Optional<Fault> fault = faults.isEmpty() ? Optional.empty() : Optional.of(faults.removeFirst());
        if (fault.equals(Optional.of(Fault.RACE))) {
            error(exchange, 409, "ConditionalRequestConflict");
        } else if (fault.equals(Optional.of(Fault.SLOW_DOWN))) {
            error(exchange, 503, "SlowDown");
        } else if (ifAbsent && stored.get() != null) {
            error(exchange, 412, "PreconditionFailed");
        } else {
            stored.set(body);
            if (fault.equals(Optional.of(Fault.STORES_BUT_NEVER_ANSWERS))) {
                untilTheEnd();
            }
            exchange.sendResponseHeaders(200, -1);
        }
        exchange.close();
    }

    private void untilTheEnd() {
        try {
            assertTrue(over.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body =
                ("<Error><Code>" + code + "</Code><Message>stub</Message></Error>").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private S3BlobStore store() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3BlobStore(URI.create("s3://bucket"), new FixedS3(Optional.of(endpoint), Duration.ofSeconds(1)));
    }

    @Test
    void bytesThatAreThereAlreadyAreNotSentTwice() {
        stored.set(BYTES);
        store().put(SHA256, BYTES);
        assertEquals(List.of("if absent"), writes);
    }

    @Test
    void otherBytesUnderTheNameAreReplaced() {
        stored.set(new byte[] {1, 2, 3});
        store().put(SHA256, BYTES);
        assertEquals(List.of("if absent", "anyway"), writes);
        assertArrayEquals(BYTES, stored.get());
    }

    @Test
    void aRaceIsTriedAgain() {
        faults.addAll(List.of(Fault.RACE, Fault.RACE));
        store().put(SHA256, BYTES);
        assertArrayEquals(BYTES, stored.get());
    }

    @Test
    void aRaceWithoutEndIsGivenUp() {
        faults.addAll(List.of(Fault.RACE, Fault.RACE, Fault.RACE));
        S3BlobStore store = store();
        assertThrows(BlobStoreException.class, () -> store.put(SHA256, BYTES));
        assertEquals(3, writes.size());
    }

    @Test
    void slowDownIsTriedAgainAndThenGivenUp() {
        faults.addAll(List.of(Fault.SLOW_DOWN, Fault.SLOW_DOWN));
        store().put(SHA256, BYTES);
        assertArrayEquals(BYTES, stored.get());
        writes.clear();
        faults.addAll(List.of(Fault.SLOW_DOWN, Fault.SLOW_DOWN, Fault.SLOW_DOWN));
        S3BlobStore store = store();
        assertThrows(BlobStoreException.class, () -> store.put(SHA256, BYTES));
        assertEquals(3, writes.size());
    }

    @Test
    void anAnswerLostAfterTheBytesWereStoredIsSettledByTheNextAttempt() {
        faults.add(Fault.STORES_BUT_NEVER_ANSWERS);
        store().put(SHA256, BYTES);
        assertEquals(List.of("if absent", "if absent"), writes);
        assertArrayEquals(BYTES, stored.get());
    }

    @Test
    void nothingThereIsEmptyAndNobodyThereIsTrouble() {
        S3BlobStore store = store();
        assertTrue(store.get(SHA256).isEmpty());
        server.stop(0);
        assertThrows(BlobStoreException.class, () -> store.get(SHA256));
    }
}
