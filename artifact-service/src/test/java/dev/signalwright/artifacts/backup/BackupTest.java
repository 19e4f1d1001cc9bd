package dev.signalwright.artifacts.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.blob.BlobPlace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real databases: one that is written to, and a fresh one for each restore. */
class BackupTest {
    @TempDir
    static Path folder;

    private static final BlobPlace ROWS = BlobPlace.of(Map.of());

    private static ScratchServer server;
    private static DataSource old;
    private static Path file;

    @BeforeAll
    static void fill() throws SQLException {
        server = new ScratchServer(folder.resolve("old"));
        old = server.migrated("old");
        ScratchServer.run(old, """
                insert into execution select gen_random_uuid(), 'dag', 'run-' || n, 'success', false, null, now()
                from generate_series(1, 50) n;
                insert into blob (sha256, size, content, created_at)
                select encode(sha256(b), 'hex'), octet_length(b), b, now()
                from (select decode(md5(n::text), 'hex') as b from generate_series(1, 20) n) bytes;
                insert into access_token values (gen_random_uuid(), 'kept', 'viewer', repeat('ab', 32), false, now(), 'test');
                """);
        insertArtifacts(old, 0, 300);
        file = folder.resolve("full.backup");
        new Backup(old, ROWS, "test").write(file, false);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** With everything that text can hold: line feeds, tabs, backslashes, nothing, and characters of four bytes. */
    private static void insertArtifacts(DataSource database, int from, int to) throws SQLException {
        ScratchServer.run(database, """
                with made as (
                    insert into artifact (id, name, type, prompt, symbol, metadata, origin, content_sha256, canonical,
                        canonical_size, created_at, updated_at, confidence)
                    select gen_random_uuid(), E'n\\t\\\\.\\n' || n || '\u20ac\ud83d\ude00', 'llm', case when n %% 2 = 0 then E'\\\\N' end,
                        '', '{"a":[1,2.50]}', 'unknown', encode(sha256(convert_to('c' || n, 'UTF8')), 'hex'),
                        convert_to('c' || n, 'UTF8'), 1, now(), now(), 0.1 + n / 1e7
                    from generate_series(%d, %d) n returning id
                ), told as (
                    insert into change (at, kind, actor, artifact_id) select now(), 'artifact.created', 'test', id from made
                )
                insert into artifact_parent select id, 0, id from made""".formatted(from, to - 1));
    }

    private static Map<String, String> sums(DataSource database) throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            Tables tables = new Tables(connection);
            tables.settle();
            Map<String, String> sums = new java.util.TreeMap<>();
            for (var table : tables.inLoadingOrder().entrySet()) {
                sums.put(
                        table.getKey(),
                        tables.copyOut(table.getKey(), table.getValue(), OutputStream.nullOutputStream())
                                .rowsSum());
            }
            return sums;
        }
    }

    @Test
    void everyTableComesBackRowForRow() throws Exception {
        {
            DataSource there = server.fresh("restored");
            Manifest manifest = new Restore(there, ROWS).from(file);
            assertEquals(Manifest.read(manifest.toJson()), manifest);
            Map<String, String> restored = sums(there);
            assertTrue(restored.size() >= 8, restored.toString());
            for (Manifest.TablePart table : manifest.tables()) {
                assertEquals(table.rowsSum(), restored.get(table.name()), table.name());
            }
            assertEquals(300, ScratchServer.number(there, "select count(*) from artifact"));
            assertEquals(1, ScratchServer.number(there, "select count(*) from access_token where name = 'kept'"));
            // Readers of the feed see what was restored, and new rows come after it.
            assertEquals(
                    300,
                    ScratchServer.number(
                            there, "select count(*) from change where txid < pg_snapshot_xmin(pg_current_snapshot())"));
            long last = ScratchServer.number(there, "select max(seq) from change");
            insertArtifacts(there, 1_000, 1_001);
            assertEquals(last + 1, ScratchServer.number(there, "select max(seq) from change"));
            assertThrows(SQLException.class, () -> ScratchServer.run(there, "delete from change"), "still append-only");
            // What the service does at its next start.
            assertEquals(0, Flyway.configure().dataSource(there).load().migrate().migrationsExecuted);

            BackupException again = assertThrows(BackupException.class, () -> new Restore(there, ROWS).from(file));
            assertTrue(again.getMessage().contains("empty database"), again.getMessage());
        }
    }

    @Test
    void aBackupWhileOthersWriteIsOneInstant() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int n = 10_000; !over.get(); n += 3) {
                try {
                    insertArtifacts(old, n, n + 3);
                    written.incrementAndGet();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        List<Manifest> manifests = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                int before = written.get();
                manifests.add(new Backup(old, ROWS, "test").write(folder.resolve("busy-" + i), false));
                while (written.get() == before) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            over.set(true);
            writer.join();
        }
        for (int i = 0; i < manifests.size(); i++) {
            long artifacts = rows(manifests.get(i), "artifact");
            assertEquals(0, artifacts % 3, "half of a transaction");
            // Each artifact has one change and one parent, written in the same transaction.
            assertEquals(artifacts, rows(manifests.get(i), "artifact_parent"));
            assertEquals(artifacts, rows(manifests.get(i), "change"));
            try (BackupFile busy = new BackupFile(folder.resolve("busy-" + i))) {
                assertEquals(manifests.get(i), busy.verified());
            }
        }
        assertTrue(rows(manifests.getLast(), "artifact") > rows(manifests.getFirst(), "artifact"));
    }

    private static long rows(Manifest manifest, String table) {
        return manifest.tables().stream()
                .filter(part -> part.name().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    @Test
    void aDamagedMemberIsNamedAndNothingIsRestored() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        List<String> members;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            members = zip.stream().map(ZipEntry::getName).toList();
        }
        // The members follow each other as the manifest lists them: their names stand before their bytes.
        String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
        int damaged = 0;
        for (String member :
                List.of("tables/artifact.copy", "tables/blob.copy", "tables/change.copy", "manifest.json")) {
            assertTrue(members.contains(member), members.toString());
            byte[] copy = whole.clone();
            copy[text.indexOf(member) + member.length() + 40] ^= 0x10;
            Path bad = Files.write(folder.resolve("damaged-" + damaged++), copy);
            Path none = folder.resolve("none-" + damaged);
            assertEquals(
                    1,
                    BackupCommand.run(
                            new String[] {"restore", bad.toString()}, Map.of("SIGNALWRIGHT_HOME", none.toString())));
            assertFalse(Files.exists(none.resolve("postgres/data")), "a database was made for a damaged file");
            try (BackupFile backup = new BackupFile(bad)) {
                String sentence =
                        assertThrows(BackupException.class, backup::verified).getMessage();
                assertTrue(sentence.contains(member), sentence);
            }
        }
    }

    @Test
    void aBackupThatWasCutOffIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut-" + length), java.util.Arrays.copyOf(whole, length));
            assertThrows(BackupException.class, () -> new BackupFile(cut), "cut at " + length);
        }
    }

    @Test
    void onlyItsOwnerCanReadItAndAnExistingFileStays() throws IOException {
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        long size = Files.size(file);
        assertThrows(BackupException.class, () -> new Backup(old, ROWS, "test").write(file, false));
        assertEquals(size, Files.size(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertTrue(left.noneMatch(path -> path.toString().endsWith(".unfinished")));
        }
    }

    @Test
    void aBackupOfANewerSchemaIsRefusedWithAdvice() throws Exception {
        Manifest made = Rewritten.manifest(file);
        Manifest later =
                new Manifest("9", "9999", made.madeAt(), made.postgres(), made.blobs(), List.of(), made.tables());
        Path newer = Rewritten.of(file, folder.resolve("newer"), Map.of(Manifest.MEMBER, later.toJson()));
        DataSource fresh = server.fresh("newer");
        String sentence = assertThrows(BackupException.class, () -> new Restore(fresh, ROWS).from(newer))
                .getMessage();
        assertTrue(sentence.contains("newer version"), sentence);
    }

    @Test
    void anAlteredArtifactIsNamedAndThereIsNoBackupUnlessItIsAskedFor() throws Exception {
        DataSource altered = altered("altered");
        Backup backup = new Backup(altered, ROWS, "test");
        String id = ScratchServer.text(altered, "select min(id::text) from artifact");
        String sentence = assertThrows(
                        BackupException.class, () -> backup.write(folder.resolve("altered.backup"), false))
                .getMessage();
        assertTrue(sentence.contains("artifact " + id + " was altered"), sentence);
        assertFalse(Files.exists(folder.resolve("altered.backup")));

        DataSource fresh = server.fresh("altered_fresh");
        backup.write(folder.resolve("altered.backup"), true);
        Manifest manifest = new Restore(fresh, ROWS).from(folder.resolve("altered.backup"));
        assertEquals(List.of(Manifest.Lost.altered("artifact", id)), manifest.lost());
        assertEquals(sums(altered), sums(fresh));
    }

    @Test
    void contentThatWasAlteredInTheBackupIsNotRestored() throws Exception {
        Path file = folder.resolve("told.backup");
        Manifest told = new Backup(altered("told"), ROWS, "test").write(file, true);
        Manifest silent = new Manifest(
                told.productVersion(),
                told.schemaVersion(),
                told.madeAt(),
                told.postgres(),
                told.blobs(),
                List.of(),
                told.tables());
        Path rewritten = Rewritten.of(file, folder.resolve("silent"), Map.of(Manifest.MEMBER, silent.toJson()));
        DataSource fresh = server.fresh("silent");
        String sentence = assertThrows(BackupException.class, () -> new Restore(fresh, ROWS).from(rewritten))
                .getMessage();
        assertTrue(sentence.contains(told.lost().getFirst().name()), sentence);
        assertEquals(
                0,
                ScratchServer.number(
                        fresh, "select count(*) from pg_class where relnamespace = 'public'::regnamespace"),
                "tables, indexes and sequences that are left");
        new Restore(fresh, ROWS).from(BackupTest.file);
        assertEquals(
                300, ScratchServer.number(fresh, "select count(*) from artifact"), "the next try, with another file");
    }

    private static DataSource altered(String name) throws SQLException {
        DataSource altered = server.migrated(name);
        insertArtifacts(altered, 0, 3);
        ScratchServer.run(
                altered,
                "update artifact set canonical = 'other' where id = (select min(id::text)::uuid from artifact)");
        return altered;
    }

    @Test
    void namesInAManifestNeverBecomeSql() {
        String hostile = new String(
                        new Manifest("1", "0031", "", "", new Manifest.BlobPart(0, 0, ""), List.of(), List.of())
                                .toJson(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"tables\" : [ ]", "\"tables\" : [{\"name\":\"a; drop table x\",\"columns\":[]}]");
        assertTrue(hostile.contains("drop"), hostile);
        assertThrows(
                BackupException.class, () -> Manifest.read(hostile.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
