package dev.signalwright.artifacts.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.signalwright.artifacts.backup.Manifest.Lost;
import dev.signalwright.artifacts.blob.BlobPlace;
import dev.signalwright.artifacts.blob.S3Proxy;
import dev.signalwright.artifacts.identity.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Blobs go with a backup wherever they lie, and arrive wherever they shall lie: PostgreSQL, a folder, an S3 server. */
class BackupBlobsTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static ScratchServer server;
    private static S3Proxy bucket;
    private static final Map<String, byte[]> BYTES = new TreeMap<>();

    enum Kind {
        POSTGRESQL,
        FOLDER,
        S3
    }

    @BeforeAll
    static void start() throws Exception {
        server = new ScratchServer(folder.resolve("home"));
        bucket = new S3Proxy(Files.createDirectories(folder.resolve("s3")));
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 511, 512, 513, 70_000, 1 << 20}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            BYTES.put(Sha256.of(bytes), bytes);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        bucket.close();
        server.close();
    }

    /** A store with those bytes in it. */
    private record Store(DataSource database, BlobPlace place, Path files) {
        Path file(String sha256) {
            return files.resolve(sha256.substring(0, 2))
                    .resolve(sha256.substring(2, 4))
                    .resolve(sha256);
        }

        Path backup(boolean despiteLosses) {
            Path file = folder.resolve("backup-" + NUMBER.incrementAndGet());
            new Backup(database, place, "test").write(file, despiteLosses);
            return file;
        }
    }

    private static Store empty(Kind kind) throws SQLException {
        int number = NUMBER.incrementAndGet();
        Path files = kind == Kind.S3 ? bucket.file("p" + number) : folder.resolve("blobs-" + number);
        Map<String, String> settings = switch (kind) {
            case POSTGRESQL -> Map.of();
            case FOLDER -> Map.of("ARTIFACT_BLOB_STORE", "directory:" + files);
            case S3 -> bucket.settings("p" + number);
        };
        return new Store(server.fresh("blobs_" + number), BlobPlace.of(settings), files);
    }

    private static Store filled(Kind kind) throws SQLException {
        Store store = empty(kind);
        org.flywaydb.core.Flyway.configure().dataSource(store.database).load().migrate();
        try (var connection = store.database.getConnection();
                var row = connection.prepareStatement(
                        "insert into blob (sha256, size, content, kept_in, created_at) values (?, ?, ?, ?, now())")) {
            for (var blob : BYTES.entrySet()) {
                row.setString(1, blob.getKey());
                row.setInt(2, blob.getValue().length);
                row.setBytes(3, kind == Kind.POSTGRESQL ? blob.getValue() : null);
                row.setString(4, store.place.name());
                row.executeUpdate();
                store.place.put(blob.getKey(), blob.getValue());
            }
        }
        return store;
    }

    private static String any() {
        return BYTES.keySet().stream().skip(3).findFirst().orElseThrow();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Kind.values()).flatMap(from -> Stream.of(Kind.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyByteArrivesInThePlaceThatTheTargetNames(Kind from, Kind to) throws Exception {
        Path file = filled(from).backup(false);
        Store target = empty(to);

        Manifest manifest = new Restore(target.database, target.place).from(file);

        assertEquals(
                from == Kind.POSTGRESQL ? 0 : BYTES.size(), manifest.blobs().count());
        for (var blob : BYTES.entrySet()) {
            assertArrayEquals(blob.getValue(), bytes(target, blob.getKey()), blob.getKey());
        }
        assertEquals(
                target.place.name() + " " + BYTES.size() + " " + (to == Kind.POSTGRESQL ? BYTES.size() : 0),
                ScratchServer.text(
                        target.database,
                        "select string_agg(distinct kept_in, ',') || ' ' || count(*) || ' ' || count(content) from blob"));
    }

    private static byte[] bytes(Store store, String sha256) throws SQLException {
        if (store.place.isOutside()) {
            return store.place.get(sha256).orElseThrow();
        }
        try (var connection = store.database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("select content from blob where sha256 = '" + sha256 + "'")) {
            rows.next();
            return rows.getBytes(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlteredBlobIsNamedAndThereIsNoBackupUnlessItIsAskedFor(Kind kind) throws Exception {
        Store store = filled(kind);
        if (kind == Kind.POSTGRESQL) {
            ScratchServer.run(
                    store.database,
                    "update blob set content = set_byte(content, 3, get_byte(content, 3) # 1) where sha256 = '" + any()
                            + "'");
        } else {
            byte[] bytes = Files.readAllBytes(store.file(any()));
            bytes[3] ^= 1;
            Files.write(store.file(any()), bytes);
        }

        String sentence =
                assertThrows(BackupException.class, () -> store.backup(false)).getMessage();
        assertTrue(sentence.contains("blob " + any() + " was altered"), sentence);
        assertFalse(Files.exists(folder.resolve("backup-" + NUMBER.get())));

        Store target = empty(Kind.POSTGRESQL);
        Manifest manifest = new Restore(target.database, target.place).from(store.backup(true));
        assertEquals(List.of(any()), manifest.lost().stream().map(Lost::name).toList());
        assertEquals(BYTES.size(), ScratchServer.number(target.database, "select count(*) from blob"));
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void aMissingBlobIsNamedAndThereIsNoBackupUnlessItIsAskedFor(Kind kind) throws Exception {
        Store store = filled(kind);
        Files.delete(store.file(any()));

        String sentence =
                assertThrows(BackupException.class, () -> store.backup(false)).getMessage();
        assertTrue(sentence.contains("blob " + any() + " is missing"), sentence);

        Path file = store.backup(true);
        Store target = empty(kind);
        Manifest manifest = new Restore(target.database, target.place).from(file);
        assertEquals(List.of(Lost.missing(any())), manifest.lost());
        assertEquals(BYTES.size() - 1, manifest.blobs().count());
        assertTrue(target.place.get(any()).isEmpty());
    }

    @Test
    void aStoreWhoseSettingNamesAnotherPlaceIsNotBackedUpWithoutItsBlobs() throws Exception {
        Store store = filled(Kind.FOLDER);
        Store elsewhere = new Store(store.database, BlobPlace.of(Map.of()), store.files);
        assertThrows(BackupException.class, () -> elsewhere.backup(false));
    }

    @Test
    void nothingIsCollectedWhileABackupReadsBlobs() throws Exception {
        Store store = filled(Kind.FOLDER);
        AtomicInteger collectors = new AtomicInteger();
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/", exchange -> {
            String sha256 = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            collectors.addAndGet(mayCollect(store) ? 1 : 0);
            byte[] bytes = BYTES.get(sha256);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        slow.start();
        try {
            Map<String, String> settings = new TreeMap<>(bucket.settings("any"));
            settings.put(
                    "ARTIFACT_BLOB_S3_ENDPOINT",
                    "http://127.0.0.1:" + slow.getAddress().getPort());
            new Store(store.database, BlobPlace.of(settings), store.files).backup(false);
        } finally {
            slow.stop(0);
        }
        assertEquals(0, collectors.get());
        assertTrue(mayCollect(store), "afterwards they may");
    }

    /** What the collector asks before it removes anything. */
    private static boolean mayCollect(Store store) {
        try {
            return ScratchServer.text(
                            store.database,
                            "select pg_try_advisory_lock(hashtextextended('signalwright blobs are copied', 0))")
                    .equals("t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDamagedBlobIsNamedWhereverTheDamageLies() throws Exception {
        Path file = filled(Kind.FOLDER).backup(false);
        byte[] whole = Files.readAllBytes(file);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int start = text.indexOf(BlobMember.NAME) + BlobMember.NAME.length();
        int end = text.indexOf(Manifest.MEMBER);
        assertTrue(end - start > 1 << 20, "the blobs lie there");
        for (int at = start + 100; at < end - 100; at += (end - start) / 40) {
            byte[] copy = whole.clone();
            copy[at] ^= 0x10;
            Path bad = Files.write(folder.resolve("damaged"), copy);
            try (BackupFile backup = new BackupFile(bad)) {
                String sentence =
                        assertThrows(BackupException.class, backup::verified).getMessage();
                assertTrue(sentence.contains(BlobMember.NAME), sentence);
            }
        }
    }

    @Test
    void bytesUnderAnotherHashNeverComeIn() throws Exception {
        assertRefused(rewritten(any(), new byte[] {1}), "damaged");
    }

    @Test
    void aBackupThatHoldsFewerBlobsThanItsRowsNameIsRefused() throws Exception {
        assertRefused(rewritten(any(), null), "does not hold the bytes of all");
    }

    private static void assertRefused(Path file, String words) throws Exception {
        Store target = empty(Kind.FOLDER);
        String sentence = assertThrows(
                        BackupException.class, () -> new Restore(target.database, target.place).from(file))
                .getMessage();
        assertTrue(sentence.contains(words), sentence);
        assertTrue(ScratchServer.text(target.database, "select to_regclass('blob')::text")
                        .isEmpty()
                || ScratchServer.number(target.database, "select count(*) from blob") == 0);
    }

    /** With a manifest that agrees, as somebody would write who wants to be believed. */
    private static Path rewritten(String sha256, byte[] instead) throws SQLException, IOException {
        Path file = filled(Kind.FOLDER).backup(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BlobMember member = new BlobMember(out);
        for (var blob : BYTES.entrySet()) {
            boolean other = blob.getKey().equals(sha256);
            if (!other || instead != null) {
                member.add(blob.getKey(), other ? instead : blob.getValue());
            }
        }
        Manifest told = Rewritten.manifest(file);
        Manifest manifest = new Manifest(
                told.productVersion(),
                told.schemaVersion(),
                told.madeAt(),
                told.postgres(),
                member.end(),
                told.lost(),
                told.tables());
        return Rewritten.of(
                file,
                folder.resolve("rewritten-" + NUMBER.incrementAndGet()),
                Map.of(BlobMember.NAME, out.toByteArray(), Manifest.MEMBER, manifest.toJson()));
    }
}
