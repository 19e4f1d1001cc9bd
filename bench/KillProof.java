import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Nothing lost, nothing doubled: eight threads send each artifact five times in random order, each time until it is
 * acknowledged, while the service and its PostgreSQL are killed again and again. Ends with 1 when a row is missing or
 * doubled, when content differs from what was sent, or when the seals do not agree.
 */
final class KillProof {
    private static final int THREADS = 8;
    private static final int TIMES = 5;

    private final String java;
    private final Path folder;
    private final Path home;
    private final int artifacts;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile Service service;

    private KillProof(String java, Path folder, Path home, int artifacts) throws Exception {
        this.java = java;
        this.folder = folder;
        this.home = home;
        this.artifacts = artifacts;
        this.service = start();
    }

    public static void main(String[] args) throws Exception {
        int artifacts = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        int kills = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        int restarts = args.length > 4 ? Integer.parseInt(args[4]) : 5;
        Path home = Files.createTempDirectory("signalwright-kills");
        KillProof proof = new KillProof(args[0], Path.of(args[1]), home, artifacts);
        boolean sound = proof.run(kills, restarts);
        proof.service.close();
        if (sound) {
            Service.forget(home);
        } else {
            System.out.println("What is left lies in " + home);
        }
        System.exit(sound ? 0 : 1);
    }

    private Service start() throws Exception {
        return new Service(java, folder, home, Map.of());
    }

    private boolean run(int kills, int restarts) throws Exception {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            IntStream.range(0, artifacts).forEach(all::add);
        }
        Collections.shuffle(all, new Random(11));
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> senders = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                List<Integer> mine = all.subList(t * all.size() / THREADS, (t + 1) * all.size() / THREADS);
                senders.add(threads.submit(() -> mine.forEach(this::untilAcknowledged)));
            }
            disturb(kills, restarts, all.size());
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
        System.out.printf(
                "%,d artifacts sent %d times each by %d threads in %.0f s, %,d requests had to be sent again; the service was"
                        + " killed %d times, PostgreSQL %d times%n",
                artifacts, TIMES, THREADS, (System.nanoTime() - begun) / 1e9, retried.get(), kills, restarts);
        return check();
    }

    /** Spread over the sending by how much of it is done, so that every kill hits requests under way. */
    private void disturb(int kills, int restarts, int requests) throws Exception {
        int events = kills + restarts;
        for (int event = 1; event <= events; event++) {
            while (sent.get() < (long) requests * event / (events + 1)) {
                Thread.sleep(5);
            }
            if (event * restarts / events > (event - 1) * restarts / events) {
                // The postmaster: the service starts it again on the same port.
                String pid = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst();
                ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
            } else {
                service.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
                service = start();
            }
        }
    }

    private final ThreadLocal<HttpClient> clients = ThreadLocal.withInitial(() ->
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build());

    private void untilAcknowledged(int number) {
        byte[] body = json(number).getBytes(StandardCharsets.UTF_8);
        while (true) {
            try {
                HttpResponse<String> answer = clients.get()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port + "/api/artifacts"))
                                        .header("Authorization", "Bearer " + Service.TOKEN + "worker")
                                        .header("Content-Type", "application/json")
                                        .timeout(Duration.ofSeconds(8))
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 201 || answer.statusCode() == 200) {
                    acknowledged.add(number);
                    sent.incrementAndGet();
                    return;
                }
                if (answer.statusCode() < 500) {
                    throw new IllegalStateException("artifact " + number + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (IOException away) {
                // Killed: the answer is lost, whatever became of the request.
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            retried.incrementAndGet();
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String json(int number) {
        String name = "a" + number;
        String run = "run-" + number / 30;
        return "{\"key\":\"proof/" + run + "/task/-1/1/portfolio/" + name + "\",\"name\":\"" + name
                + "\",\"type\":\"portfolio\",\"data\":{\"number\":" + number + ",\"text\":\"" + "x".repeat(number % 3_000) + "\"}}";
    }

    private boolean check() throws Exception {
        long rows;
        long keys;
        long contents;
        long changes;
        try (Connection connection = service.database();
                Statement statement = connection.createStatement();
                ResultSet counts = statement.executeQuery("""
                        select count(*), count(distinct key), count(distinct content_sha256),
                               (select count(*) from change where kind = 'artifact.created')
                        from artifact join artifact_content using (id)
                        where encode(sha256(canonical), 'hex') = content_sha256
                          and cast(content -> 'data' ->> 'number' as int) = cast(substr(name, 2) as int)""")) {
            counts.next();
            rows = counts.getLong(1);
            keys = counts.getLong(2);
            contents = counts.getLong(3);
            changes = counts.getLong(4);
        }
        System.out.printf(
                "acknowledged %,d; rows %,d, keys %,d, contents %,d, changes %,d; lost %,d, doubled %,d%n",
                acknowledged.size(), rows, keys, contents, changes, acknowledged.size() - keys, rows - keys);
        String seals = sealed();
        System.out.println("seals: " + seals);
        return acknowledged.size() == artifacts
                && rows == artifacts
                && keys == artifacts
                && contents == artifacts
                && changes == artifacts
                && seals.contains("\"sound\":true");
    }

    /** The service's own verification, page by page, once everything is sealed. */
    private String sealed() throws Exception {
        String after = "";
        for (int pages = 1; ; pages++) {
            HttpResponse<String> answer = service.get("/api/verify?limit=500" + after);
            String body = answer.body();
            if (answer.statusCode() != 200 || !body.contains("\"sound\":true")) {
                return body;
            }
            String next = body.replaceAll(".*\"next_cursor\":(?:\"([^\"]+)\"|null).*", "$1");
            if (next.equals(body) || next.isEmpty()) {
                return "\"sound\":true after " + pages + " pages";
            }
            after = "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }
}
