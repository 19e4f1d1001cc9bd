package dev.signalwright.artifacts.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket's server that sends the service somewhere else, where only the service can reach. */
class S3RedirectTest {
    private static final byte[] BYTES = "the picture".getBytes(StandardCharsets.UTF_8);

    private final List<String> reached = new CopyOnWriteArrayList<>();
    private HttpServer inside;
    private HttpServer bucket;
    private int status;

    @BeforeEach
    void start() throws IOException {
        inside = server();
        inside.createContext("/", exchange -> {
            reached.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, BYTES.length);
            exchange.getResponseBody().write(BYTES);
            exchange.close();
        });
        bucket = server();
        bucket.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String there = "http://127.0.0.1:" + inside.getAddress().getPort() + "/latest/meta-data/";
            exchange.getResponseHeaders().add("Location", there);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        inside.stop(0);
        bucket.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int redirect) {
        status = redirect;
        URI endpoint = URI.create("http://127.0.0.1:" + bucket.getAddress().getPort());
        S3BlobStore store =
                new S3BlobStore(URI.create("s3://bucket"), new FixedS3(Optional.of(endpoint), Duration.ofSeconds(2)));
        String sha256 = Sha256.of(BYTES);
        String refusal = assertThrows(BlobStoreException.class, () -> store.put(sha256, BYTES))
                        .getMessage()
                + assertThrows(BlobStoreException.class, () -> store.get(sha256))
                        .getMessage();
        assertEquals(List.of(), reached);
        assertTrue(!refusal.contains(FixedS3.SECRET_KEY), refusal);
    }
}
