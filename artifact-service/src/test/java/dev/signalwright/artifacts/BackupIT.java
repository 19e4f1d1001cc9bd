package dev.signalwright.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.identity.Sha256;
import dev.signalwright.artifacts.postgres.CommandDatabase;
import dev.signalwright.artifacts.testing.ExternalPostgres;
import dev.signalwright.artifacts.testing.Launcher;
import dev.signalwright.artifacts.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real commands on the packaged service: a store is filled over HTTP, copied while it is written to, loaded somewhere
 * else and compared. Runs after {@code package}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BackupIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BLOB_BYTES = 16 << 20;

    @TempDir
    Path folder;

    /** A home with its settings, its service and its commands. */
    private final class Place implements AutoCloseable {
        final PackagedService service;
        final Launcher launcher;
        final Map<String, String> settings = new HashMap<>();

        Place(String name, Map<String, String> more) throws IOException {
            Path home = Files.createDirectories(folder.resolve(name));
            settings.putAll(more);
            service = new PackagedService(home, more);
            Map<String, String> told = new HashMap<>(more);
            told.put("ARTIFACT_SERVICE_PORT", Integer.toString(service.port()));
            launcher = new Launcher(home, told);
            settings.put("SIGNALWRIGHT_HOME", home.toString());
        }

        String succeeds(String... words) throws Exception {
            Launcher.Done done = launcher.run(words);
            assertEquals(0, done.status(), done.said());
            return done.said();
        }

        String fails(String... words) throws Exception {
            Launcher.Done done = launcher.run(words);
            assertEquals(1, done.status(), done.said());
            return done.said();
        }

        void sql(String text) throws Exception {
            try (CommandDatabase database = CommandDatabase.running(settings);
                    var connection = database.source().getConnection();
                    var statement = connection.createStatement()) {
                assertEquals(1, statement.executeUpdate(text));
            }
        }

        @Override
        public void close() throws Exception {
            service.close();
            launcher.close();
        }
    }

    private Map<String, String> blobsIn(String name) {
        return Map.of("ARTIFACT_BLOB_STORE", "directory:" + folder.resolve(name));
    }

    private static Map<String, String> and(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static String key(int number) {
        return "dag/run/task/-1/1/llm/n" + number;
    }

    private static String artifact(int number, int length) {
        String parent = number == 0 ? "" : "\"" + NamedId.ofKey(key(number - 1)) + "\"";
        return """
                {"key":"%s","type":"llm","name":"n%d","dag_id":"dag","execution_id":"run","task_id":"task",
                 "map_index":-1,"try_number":1,"parents":[%s],"metadata":{"a":[1,2.50,null,"\\u20ac \\ud83d\\ude00\\n"]},
                 "response":"%s"}""".formatted(key(number), number, parent, "x\\t\\\\".repeat(length / 5));
    }

    /** Artifacts that hang together, large ones, one that is gone, and blobs up to the largest. */
    private static void fill(PackagedService service) throws Exception {
        for (int number = 0; number < 40; number++) {
            int length = number % 2 == 0 ? 600_000 : 100;
            var answer = service.post("/api/artifacts", artifact(number, length));
            assertEquals(201, answer.statusCode(), answer.body());
        }
        assertEquals(
                204, service.delete("/api/artifacts/" + NamedId.ofKey(key(39))).statusCode());
        Random random = new Random(11);
        for (int size : new int[] {1, 70_000, MOST_BLOB_BYTES - 1, MOST_BLOB_BYTES}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            var answer = service.post("{\"name\":\"bytes" + size + "\",\"type\":\"chart\"}", content);
            assertEquals(201, answer.statusCode(), answer.body());
        }
    }

    private static void awaitSeals(PackagedService service) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (get(service, "/api/verify?cursor=0").path("waiting").asInt() > 0) {
            assertTrue(System.nanoTime() < end, "nothing is sealed");
            Thread.onSpinWait();
        }
    }

    private static JsonNode get(PackagedService service, String path) throws Exception {
        var answer = service.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    /** Everything that the API says of each artifact, its bytes too, by id. */
    private static Map<String, String> everything(PackagedService service) throws Exception {
        Map<String, String> found = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = get(service, "/api/artifacts?fields=id&limit=500" + cursor);
            for (JsonNode one : page.path("artifacts")) {
                String id = one.path("id").asText();
                found.put(id, said(service, "/api/artifacts/" + id));
            }
            cursor = "&cursor=" + page.path("next_cursor").asText();
        } while (!cursor.equals("&cursor=null"));
        return found;
    }

    private static String said(PackagedService service, String path) throws Exception {
        StringBuilder said = new StringBuilder(get(service, path).toString());
        for (String more : new String[] {"/content", "/download", "/lineage"}) {
            var answer = service.bytes(path + more);
            said.append('\n').append(answer.statusCode());
            if (answer.statusCode() == 200) {
                said.append(' ').append(Sha256.of(answer.body()));
            }
        }
        return said.toString();
    }

    @Test
    void everythingComesBackFromABackupThatWasMadeWhileOthersWrote() throws Exception {
        Path file = folder.resolve("all.backup");
        Map<String, String> before;
        Map<String, String> after;
        try (Place old = new Place("old", blobsIn("old-blobs"))) {
            old.service.start();
            fill(old.service);
            awaitSeals(old.service);
            before = everything(old.service);
            try (Writer writer = new Writer(old.service)) {
                writer.awaitMore(5);
                String said = old.succeeds("backup", file.toString());
                assertFalse(said.contains("NOT WHOLE"), said);
                writer.awaitMore(5);
            }
            after = everything(old.service);
        }
        assertTrue(after.size() >= before.size() + 10);
        try (Place fresh = new Place("fresh", Map.of())) {
            fresh.succeeds("verify-backup", file.toString());
            String said = fresh.succeeds("restore", file.toString());
            assertTrue(
                    said.matches("(?s).*Verified: \\d+ artifacts, \\d+ blobs and \\d{2,} sealed changes agree.*"),
                    said);
            fresh.service.start();
            Map<String, String> restored = everything(fresh.service);
            before.forEach((id, told) -> assertEquals(told, restored.get(id), id));
            restored.forEach((id, told) -> assertEquals(after.get(id), told, id));
            assertEquals(
                    410,
                    fresh.service
                            .get("/api/artifacts/" + NamedId.ofKey(key(39)))
                            .statusCode());
            assertTrue(fresh.succeeds("verify").contains("Everything agrees"));
            assertTrue(fresh.fails("restore", file.toString()).contains("database"));

            String altered = NamedId.ofKey(key(7)).toString();
            fresh.sql("update artifact set model_name = 'other' where id = '" + altered + "'");
            assertTrue(fresh.fails("verify").contains(altered));
            fresh.succeeds("backup", folder.resolve("altered.backup").toString());
            try (Place third = new Place("third", blobsIn("third-blobs"))) {
                String found =
                        third.fails("restore", folder.resolve("altered.backup").toString());
                assertTrue(found.contains("The first: artifact " + altered + ": Differs"), found);
            }
        }
    }

    @Test
    void aBackupGoesFromTheEmbeddedServerToAnExternalOneAndBack() throws Exception {
        assumeTrue(
                Files.isExecutable(ExternalPostgres.PROGRAMS.resolve("postgres")),
                "This machine has no PostgreSQL 15 in " + ExternalPostgres.PROGRAMS
                        + ": the way to an external server and back is not tested here.");
        Path out = folder.resolve("out.backup");
        Path back = folder.resolve("back.backup");
        Map<String, String> there;
        try (ExternalPostgres server = new ExternalPostgres(Files.createDirectories(folder.resolve("external")))) {
            try (Place embedded = new Place("embedded", Map.of())) {
                embedded.service.start();
                fill(embedded.service);
                awaitSeals(embedded.service);
                there = everything(embedded.service);
                embedded.succeeds("backup", out.toString());
            }
            try (Place external = new Place("outside", and(server.database("kept"), blobsIn("outside-blobs")))) {
                String said = external.succeeds("restore", out.toString());
                assertTrue(said.contains("44 artifacts, 4 blobs and"), said);
                external.service.start();
                assertEquals(there, everything(external.service));
                external.succeeds("backup", back.toString());
                assertFalse(Files.exists(folder.resolve("outside/postgres")), "a database of its own was made");
            }
        }
        try (Place home = new Place("home", Map.of())) {
            home.succeeds("restore", back.toString());
            home.service.start();
            assertEquals(there, everything(home.service));
            assertTrue(home.succeeds("verify").contains("Everything agrees"));
        }
    }

    @Test
    void aLostBlobIsNamedAndAskedForIsTheRest() throws Exception {
        Path file = folder.resolve("rest.backup");
        try (Place old = new Place("old", blobsIn("old-blobs"))) {
            old.service.start();
            byte[] content = {1, 2, 3};
            String sha256 = Sha256.of(content);
            assertEquals(
                    201,
                    old.service
                            .post("{\"name\":\"lost\",\"type\":\"chart\"}", content)
                            .statusCode());
            Files.delete(folder.resolve(
                    "old-blobs/" + sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256));
            assertTrue(old.fails("backup", file.toString()).contains("blob " + sha256 + " is missing"));
            assertFalse(Files.exists(file));
            assertTrue(
                    old.succeeds("backup", "--despite-losses", file.toString()).contains("NOT WHOLE"));
            try (Place fresh = new Place("fresh", Map.of())) {
                assertTrue(fresh.fails("restore", file.toString()).contains(sha256));
            }
        }
    }

    @Test
    void aDataFolderOfAnotherMajorVersionIsRefusedWithTheWayOut() throws Exception {
        try (Place old = new Place("old", Map.of())) {
            Path data = Files.createDirectories(folder.resolve("old/postgres/data"));
            Files.writeString(data.resolve("PG_VERSION"), "17\n");
            String said = old.fails("backup", folder.resolve("any").toString());
            assertTrue(said.contains("is of PostgreSQL 17") && said.contains("./signalwright backup FILE"), said);
        }
    }

    /** Stores artifacts one after another until it is closed. */
    private static final class Writer implements AutoCloseable {
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Writer(PackagedService service) {
            thread = Thread.ofPlatform().start(() -> {
                for (int number = 1_000; !over.get(); number++) {
                    try {
                        service.post(
                                "{\"name\":\"busy" + number + "\",\"type\":\"chart\"}", new byte[] {(byte) number});
                        written.incrementAndGet();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }

        void awaitMore(int count) {
            int goal = written.get() + count;
            while (written.get() < goal && thread.isAlive()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            thread.join();
        }
    }
}
