package dev.signalwright.artifacts.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.identity.HashedBytes;
import dev.signalwright.artifacts.identity.Sha256;
import dev.signalwright.artifacts.platform.Turn;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all stores have in common, each on the real thing: PostgreSQL, a folder, an S3 server. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class BlobStoresTest {
    private static final Instant NOW = Instant.parse("2026-03-02T14:30:00Z");
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    @TempDir
    static Path home;

    private static S3Proxy bucket;
    private static FolderBlobStore folder;
    private static S3BlobStore s3;

    @Inject
    BlobRepository index;

    @Inject
    EntityManager database;

    @Inject
    DataSource pool;

    @Inject
    Turn turn;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final byte[] bytes = ("picture " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    private final String sha256 = Sha256.of(bytes);

    enum Kind {
        POSTGRESQL,
        FOLDER,
        S3
    }

    @BeforeAll
    static void startTheBucket() throws Exception {
        bucket = new S3Proxy(Files.createDirectories(home.resolve("s3")));
        s3 = new S3BlobStore(URI.create("s3://" + S3Proxy.BUCKET + "/some/prefix"), FixedS3.at(bucket.endpoint()));
        folder = new FolderBlobStore(home.resolve("blobs"));
    }

    @AfterAll
    static void stopTheBucket() throws Exception {
        bucket.close();
    }

    private static BlobStore store(Kind kind) {
        return switch (kind) {
            case POSTGRESQL -> new RowBlobStore();
            case FOLDER -> folder;
            case S3 -> s3;
        };
    }

    private Blobs blobs(Kind kind) {
        return new Blobs(index, store(kind), meters);
    }

    private void keep(Kind kind) {
        QuarkusTransaction.requiringNew().run(() -> keepInTransaction(kind));
    }

    /** As the writer of artifacts does: bytes in rows are part of its statement. */
    private void keepInTransaction(Kind kind) {
        Blobs blobs = blobs(kind);
        HashedBytes hashed = HashedBytes.of(bytes);
        if (!blobs.areRows()) {
            blobs.keep(hashed, NOW);
            return;
        }
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "with stored (blob_sha256) as (values (?)), " + Blobs.withRows(1) + " select 1")) {
            insert.setString(1, sha256);
            blobs.bind(insert, 2, List.of(hashed), NOW);
            insert.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(Kind kind) {
        String path = sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
        return kind == Kind.FOLDER ? home.resolve("blobs").resolve(path) : bucket.file("some/prefix/" + path);
    }

    private int execute(String sql) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(sql)
                        .setParameter("sha256", sha256)
                        .executeUpdate());
    }

    private void alter(Kind kind) throws IOException {
        if (kind == Kind.POSTGRESQL) {
            execute("update blob set content = set_byte(content, 3, get_byte(content, 3) # 1) where sha256 = :sha256");
        } else {
            byte[] other = bytes.clone();
            other[3] ^= 1;
            Files.write(file(kind), other);
        }
    }

    private void lose(Kind kind) throws IOException {
        if (kind == Kind.POSTGRESQL) {
            execute("delete from blob where sha256 = :sha256");
        } else {
            Files.delete(file(kind));
        }
    }

    private OrphanCollector collector(Kind kind) {
        BlobConfig config = new BlobConfig() {
            @Override
            public String store() {
                return "unused";
            }

            @Override
            public Duration orphanAge() {
                return Duration.ofDays(1);
            }

            @Override
            public String collectEvery() {
                return "off";
            }

            @Override
            public S3 s3() {
                return FixedS3.at(bucket.endpoint());
            }
        };
        Clock later = Clock.offset(Clock.systemUTC(), TWO_DAYS);
        return new OrphanCollector(index, store(kind), config, turn, later, meters);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackWhatItKeptHoweverOftenItWasKept(Kind kind) {
        keep(kind);
        keep(kind);
        assertArrayEquals(bytes, blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource
    void oneAlteredBitIsNeverServedAndIsCounted(Kind kind) throws IOException {
        keep(kind);
        alter(kind);
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> blobs(kind).read(sha256));
        assertEquals(ProblemType.BLOB_DAMAGED, refusal.type());
        assertEquals(
                1,
                meters.counter("signalwright.blob.broken", "what", "blob-damaged")
                        .count());
    }

    @ParameterizedTest
    @EnumSource
    void lostBytesAreSaidToBeMissing(Kind kind) throws IOException {
        keep(kind);
        lose(kind);
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> blobs(kind).read(sha256));
        assertEquals(ProblemType.BLOB_MISSING, refusal.type());
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void keepingAgainMendsWhatWasAltered(Kind kind) throws IOException {
        keep(kind);
        alter(kind);
        keep(kind);
        assertArrayEquals(bytes, blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource
    void parallelWritersOfTheSameBytesAgree(Kind kind) throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var kept = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> keep(kind)))
                    .toList();
            for (var one : kept) {
                one.get();
            }
        }
        assertArrayEquals(bytes, blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void aCrashBeforeTheCommitLeavesAnOrphanThatIsCollectedWhenOld(Kind kind) {
        assertThrows(
                IllegalStateException.class,
                () -> QuarkusTransaction.requiringNew().run(() -> {
                    keepInTransaction(kind);
                    throw new IllegalStateException("the crash");
                }));
        assertTrue(store(kind).get(sha256).isPresent(), "the bytes came first");
        collector(kind).collect();
        assertTrue(store(kind).get(sha256).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void anOldOrphanThatIsBeingKeptAgainIsNotCollected(Kind kind) throws Exception {
        store(kind).put(sha256, bytes);
        CountDownLatch kept = new CountDownLatch(1);
        CountDownLatch collected = new CountDownLatch(1);
        try (var writer = Executors.newSingleThreadExecutor()) {
            var commit = writer.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                keepInTransaction(kind);
                insertArtifact();
                kept.countDown();
                await(collected);
            }));
            await(kept);
            collector(kind).collect();
            collected.countDown();
            commit.get();
        }
        collector(kind).collect();
        assertArrayEquals(bytes, blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void nothingIsCollectedWhileTheStoreIsCopied(Kind kind) throws Exception {
        store(kind).put(sha256, bytes);
        try (Connection copying = pool.getConnection()) {
            BlobPlace.holdCollection(copying);
            collector(kind).collect();
            assertTrue(store(kind).get(sha256).isPresent());
            copying.createStatement().execute("select pg_advisory_unlock_all()");
        }
        collector(kind).collect();
        assertTrue(store(kind).get(sha256).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void whatAnArtifactRefersToIsNeverCollected(Kind kind) {
        QuarkusTransaction.requiringNew().run(() -> {
            keepInTransaction(kind);
            insertArtifact();
        });
        collector(kind).collect();
        assertArrayEquals(bytes, blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource
    void whatNoArtifactRefersToAnyMoreGoes(Kind kind) {
        keep(kind);
        collector(kind).collect();
        assertTrue(store(kind).get(sha256).isEmpty());
        assertThrows(ProblemException.class, () -> blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void bytesPutOutsideComeHomeWhenTheDatabaseIsTheStoreAgain(Kind kind) {
        keep(kind);
        keep(Kind.POSTGRESQL);
        assertArrayEquals(bytes, blobs(Kind.POSTGRESQL).read(sha256));
    }

    @ParameterizedTest
    @EnumSource(names = {"FOLDER", "S3"})
    void bytesInTheDatabaseAreReadWhateverTheStoreIsNow(Kind kind) {
        keep(Kind.POSTGRESQL);
        assertArrayEquals(bytes, blobs(kind).read(sha256));
    }

    @ParameterizedTest
    @EnumSource(names = "FOLDER")
    void filesAreTheOwnersAloneAndLinksAreRefused(Kind kind) throws IOException {
        keep(kind);
        Path file = file(kind);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        Path elsewhere = Files.move(file, home.resolve("elsewhere-" + sha256));
        Files.createSymbolicLink(file, elsewhere);
        assertEquals(
                ProblemType.BLOB_MISSING,
                assertThrows(ProblemException.class, () -> blobs(kind).read(sha256))
                        .type());
        assertEquals(
                ProblemType.BLOB_STORE_UNAVAILABLE,
                assertThrows(ProblemException.class, () -> keep(kind)).type());
    }

    @ParameterizedTest
    @EnumSource(names = "FOLDER")
    void whatABrokenWriteLeftIsTidiedUp(Kind kind) throws IOException {
        keep(kind);
        Path left = Files.write(file(kind).resolveSibling(".half.tmp"), new byte[] {1});
        Files.setLastModifiedTime(left, FileTime.from(NOW));
        collector(kind).collect();
        assertFalse(Files.exists(left));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, java.util.concurrent.TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insertArtifact() {
        database.createNativeQuery("""
                        insert into artifact (id, name, type, origin, content_sha256, canonical, canonical_size, blob_sha256,
                            created_at, updated_at)
                        values (gen_random_uuid(), 'n', 'chart', 'unknown', :sha256, '', 0, :sha256, now(), now())""").setParameter("sha256", sha256).executeUpdate();
    }
}
