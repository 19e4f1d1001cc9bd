package dev.signalwright.artifacts.access;

import static dev.signalwright.artifacts.access.RawHttp.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.RawHttp.Answer;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Every request has an end: in bytes, in time, in number. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class BoundsTest {
    @TestHTTPResource("/")
    URI service;

    private Answer post(String body, String... more) throws IOException {
        List<String> headers = new ArrayList<>(List.of(more));
        headers.add(bearer(TokenHome.WORKER));
        headers.add("Content-Type: application/json");
        headers.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return new RawHttp(service).send("POST", "/api/artifacts", body, headers.toArray(String[]::new));
    }

    /** A body of that length of which only the first byte is sent. */
    private Socket begin(int length) throws IOException {
        RawHttp http = new RawHttp(service);
        Socket socket = http.connect();
        String head = http.head(
                "POST",
                "/api/artifacts",
                bearer(TokenHome.WORKER),
                "Content-Type: application/json",
                "Content-Length: " + length);
        socket.getOutputStream().write((head + "{").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void aHeadThatIsTooLongIsRefused() throws IOException {
        RawHttp http = new RawHttp(service);
        assertEquals(
                431,
                http.ask("GET", "/api/artifacts", bearer(TokenHome.WORKER), "X-Long: " + "x".repeat(20_000))
                        .status());
        assertEquals(
                414,
                http.ask("GET", "/api/artifacts?name=" + "x".repeat(10_000), bearer(TokenHome.WORKER))
                        .status());
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        Answer answer = new RawHttp(service)
                .ask(
                        "POST",
                        "/api/artifacts",
                        bearer(TokenHome.WORKER),
                        "Content-Type: application/json",
                        "Content-Length: 1073741824");
        assertEquals(413, answer.status());
    }

    @Test
    void aBodyThatDoesNotSayHowLargeItIsIsCutOff() throws IOException {
        try (Socket socket = new RawHttp(service).connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(new RawHttp(service)
                    .head(
                            "POST",
                            "/api/artifacts",
                            bearer(TokenHome.WORKER),
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                while (sent < 1_000) {
                    out.write(chunk);
                    sent++;
                }
            } catch (IOException closed) {
                // That is what should happen.
            }
            assertTrue(sent < 1_000, "64 MB were taken");
        }
    }

    @Test
    void deepAndBrokenJsonIsRefused() throws IOException {
        String deep = "{\"name\":\"n\",\"type\":\"llm\",\"data\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertEquals(400, post(deep).status());
        StringBuilder wide = new StringBuilder("{\"name\":\"n\",\"type\":\"llm\"");
        for (int i = 0; i < 200_000; i++) {
            wide.append(",\"k").append(i).append("\":1");
        }
        int status = post(wide.append('}').toString()).status();
        assertTrue(status == 413 || status == 422 || status == 400, "1e5 members: " + status);
        assertEquals(
                400,
                post("{\"name\":\"n\",\"type\":\"llm\",\"confidence\":NaN}").status());
        // What names a class is a name that is not known, and nothing else.
        Answer typed = post("{\"name\":\"n\",\"type\":\"llm\",\"@class\":\"java.net.URL\",\"data\":{}}");
        assertEquals(201, typed.status());
        assertFalse(typed.body().contains("java.net.URL"), typed.body());
    }

    /** A thousandfold larger unpacked: it stays packed, so it is no JSON. */
    @Test
    void aPackedBodyIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"name\":\"n\",\"type\":\"llm\",\"response\":\"".getBytes(StandardCharsets.US_ASCII));
            gzip.write(new byte[900_000]);
            gzip.write("\"}".getBytes(StandardCharsets.US_ASCII));
        }
        try (Socket socket = new RawHttp(service).connect()) {
            socket.getOutputStream()
                    .write(new RawHttp(service)
                            .head(
                                    "POST",
                                    "/api/artifacts",
                                    bearer(TokenHome.WORKER),
                                    "Content-Type: application/json",
                                    "Content-Encoding: gzip",
                                    "Content-Length: " + packed.size())
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(packed.toByteArray());
            int status = RawHttp.read(socket).status();
            assertTrue(status == 400 || status == 415, "status " + status);
        }
    }

    @Test
    void aBodyThatDripsInIsCutOffAndOthersGoOnMeanwhile() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                slow.add(begin(1_000));
            }
            assertEquals(
                    200,
                    new RawHttp(service)
                            .ask("GET", "/api/artifacts?limit=1", bearer(TokenHome.OPERATOR))
                            .status());
            long start = System.nanoTime();
            for (Socket socket : slow) {
                int status = RawHttp.read(socket).status();
                assertTrue(status == 0 || status == 408 || status == 400, "status " + status);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds < 10, seconds + " s");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** 64 MiB are kept at once, and announced is enough: of 140 times half a MiB twelve are too many. */
    @Test
    void manyLargeBodiesAtOnceDoNotFillTheMemory() throws IOException {
        List<Socket> uploads = new ArrayList<>();
        List<Answer> refused = new ArrayList<>();
        try {
            for (int i = 0; i < 140; i++) {
                uploads.add(begin(512 << 10));
            }
            assertEquals(201, post("{\"name\":\"small\",\"type\":\"llm\"}").status());
            // The others are cut off at their deadline.
            for (Socket upload : uploads) {
                Answer answer = RawHttp.read(upload);
                if (answer.status() == 503) {
                    refused.add(answer);
                }
            }
        } finally {
            for (Socket upload : uploads) {
                upload.close();
            }
        }
        assertTrue(refused.size() >= 12 && refused.size() < uploads.size(), refused.size() + " were refused");
        for (Answer answer : refused) {
            assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1, answer.head());
            assertTrue(answer.body().contains("too-busy"), answer.body());
        }
        String large = "{\"name\":\"large\",\"type\":\"llm\",\"response\":\"" + "x".repeat(900_000) + "\"}";
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        int status = post(large).status();
        while (status != 201 && System.nanoTime() < end) {
            status = post(large).status();
        }
        assertEquals(201, status, "their shares came back");
    }

    @Test
    void aViewerThatAsksTooOftenIsToldHowLongToWaitAndAWorkerIsNot() throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            // A person of its own, so that no other test meets an empty bucket.
            Answer answer = new Answer(200, "", "");
            int asked = 0;
            try (Flood flood = new Flood(new RawHttp(service, TokenHome.PROXY))) {
                while (answer.status() != 429 && asked < 20_000) {
                    answer = flood.ask("X-Forwarded-User: eager@example");
                    asked++;
                }
            }
            assertEquals(429, answer.status(), asked + " requests went through");
            assertTrue(asked > 500, "the burst is five seconds' worth: " + asked);
            assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1, answer.head());
            assertTrue(answer.body().contains("too-many-requests"), answer.body());
            URI login = service.resolve("/api/artifacts/" + Endpoints.ANY_ID);
            for (int i = 0; i < 700; i++) {
                HttpRequest request = HttpRequest.newBuilder(login)
                        .header("Authorization", "Bearer " + TokenHome.WORKER)
                        .build();
                assertEquals(
                        404,
                        client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode());
            }
        }
    }

    /** Asks again and again on one connection. */
    private record Flood(Socket socket, RawHttp http) implements AutoCloseable {
        Flood(RawHttp http) throws IOException {
            this(http.connect(), http);
        }

        Answer ask(String header) throws IOException {
            String head = "GET /api/artifacts/none HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                text.append((char) socket.getInputStream().read());
            }
            String answered = text.toString().replace("\r\n", "\n").strip();
            Answer first = new Answer(Integer.parseInt(answered.substring(9, 12)), answered, "");
            byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(first.header("content-length")));
            return new Answer(first.status(), answered, new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
