package dev.signalwright.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service under fire: real processes, real kills. Runs after {@code package}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PackagedServiceIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    private static String artifact(int number) {
        return """
                {"key":"dag/run/task/-1/1/llm/n%1$d","type":"llm","name":"n%1$d","dag_id":"dag","execution_id":"run",
                 "task_id":"task","map_index":-1,"try_number":1,"response":"%2$s"}""".formatted(number, "x".repeat(500));
    }

    /** Sends artifacts from four threads until told to stop; collects the numbers that were acknowledged. */
    private static final class Senders implements AutoCloseable {
        final ConcurrentLinkedQueue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Senders(PackagedService service) {
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> send(service)));
            }
        }

        private void send(PackagedService service) {
            while (!over.get()) {
                int number = next.incrementAndGet();
                try {
                    if (service.post("/api/artifacts", artifact(number)).statusCode() == 201) {
                        acknowledged.add(number);
                    }
                } catch (IOException cut) {
                    // Not acknowledged, so nothing was promised.
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        void awaitMore(int count) {
            int goal = acknowledged.size() + count;
            while (acknowledged.size() < goal) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenServiceAndDatabaseAreKilled() throws Exception {
        try (PackagedService service = new PackagedService(home)) {
            service.start();
            Senders senders = new Senders(service);
            try (senders) {
                senders.awaitMore(50);
                ProcessHandle.of(service.postgres()).orElseThrow().destroyForcibly();
                senders.awaitMore(50);
                Optional<ProcessHandle> postgres = ProcessHandle.of(service.postgres());
                service.kill();
                if (postgres.isPresent()) {
                    postgres.get().onExit().get(20, TimeUnit.SECONDS);
                }
            }
            service.start();
            for (int number : senders.acknowledged) {
                String id = NamedId.ofKey("dag/run/task/-1/1/llm/n" + number).toString();
                assertEquals(200, service.get("/api/artifacts/" + id).statusCode(), () -> "lost: " + number);
            }
            assertTrue(senders.acknowledged.size() >= 100);
        }
    }

    @Test
    void aFormIsReadInMemoryAndNotFromFiles() throws Exception {
        try (PackagedService service = new PackagedService(home)) {
            service.start();
            // Where the server would put files there is no folder any more, so that it could not.
            Path uploads = home.resolve("uploads");
            Files.deleteIfExists(uploads);
            Files.createFile(uploads);
            String body = """
                    --edge\r
                    Content-Disposition: form-data; name="artifact"\r
                    Content-Type: application/json\r
                    \r
                    {"name":"note","type":"chart"}\r
                    --edge\r
                    Content-Disposition: form-data; name="content"; filename="content"\r
                    Content-Type: application/octet-stream\r
                    \r
                    some bytes\r
                    --edge--\r
                    """;

            var answer = service.post("/api/artifacts", "multipart/form-data; boundary=edge", body);

            assertEquals(201, answer.statusCode(), answer.body());
        }
    }

    @Test
    void withoutTheDatabaseItSaysSoInTimeAndRecoversAlone() throws Exception {
        try (PackagedService service = new PackagedService(home)) {
            service.start();
            // Warm, and with several connections in the pool that all die at once.
            try (Senders senders = new Senders(service)) {
                senders.awaitMore(40);
            }
            String stopped = Long.toString(service.postgres());
            new ProcessBuilder("kill", "-STOP", stopped).start().waitFor();
            List<ProcessHandle> backends = ProcessHandle.of(service.postgres())
                    .orElseThrow()
                    .children()
                    .toList();
            for (ProcessHandle backend : backends) {
                new ProcessBuilder("kill", "-STOP", Long.toString(backend.pid()))
                        .start()
                        .waitFor();
            }
            long start = System.nanoTime();
            var answer = service.post("/api/artifacts", artifact(1_000_000));
            double seconds = (System.nanoTime() - start) / 1e9;
            assertEquals(503, answer.statusCode(), answer.body());
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            assertTrue(seconds < 5, () -> seconds + " s");
            assertEquals(200, service.get("/q/health/live").statusCode());
            service.await(503);
            for (ProcessHandle backend : backends) {
                new ProcessBuilder("kill", "-CONT", Long.toString(backend.pid()))
                        .start()
                        .waitFor();
            }
            new ProcessBuilder("kill", "-CONT", stopped).start().waitFor();
            service.await(200);
            assertEquals(
                    201, service.post("/api/artifacts", artifact(1_000_001)).statusCode());
            assertEquals(
                    "UP",
                    JSON.readTree(service.get("/q/health/ready").body())
                            .path("status")
                            .asText());
        }
    }
}
