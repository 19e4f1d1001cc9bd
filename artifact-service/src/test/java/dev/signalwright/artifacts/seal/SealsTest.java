package dev.signalwright.artifacts.seal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.artifact.ArtifactAudit;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.identity.Sha256;
import dev.signalwright.artifacts.platform.Turn;
import dev.signalwright.artifacts.testing.PngBytes;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One byte is turned in each place, and the look at the store says which. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SealsTest {
    private static final byte[] PNG = PngBytes.of(1, 1);

    @Inject
    Sealer sealer;

    @Inject
    SealRepository repository;

    @Inject
    ArtifactAudit audit;

    @Inject
    Turn turn;

    @Inject
    EntityManager database;

    private final String run = "sealed-" + UUID.randomUUID();
    private final UUID execution = NamedId.ofExecution("dag", run);

    private String key(String type, String name) {
        return "dag/" + run + "/task/-1/1/" + type + "/" + name + "/AAPL";
    }

    private UUID store(String type, String name, String more) {
        String key = key(type, name);
        UUID id = NamedId.ofKey(key);
        given().header("Authorization", "Bearer " + TokenHome.WORKER)
                .contentType("application/json")
                .body("{\"key\":\"" + key + "\",\"origin\":\"replayed\"" + more + "}")
                .put("/api/artifacts/" + id)
                .then()
                .statusCode(201);
        tell(id, "artifact.created");
        return id;
    }

    private UUID storeChart(UUID parent) {
        String key = key("chart", "daily");
        UUID id = NamedId.ofKey(key);
        byte[] picture = java.util.Arrays.copyOf(PNG, PNG.length + 16);
        System.arraycopy(run.getBytes(java.nio.charset.StandardCharsets.UTF_8), 7, picture, PNG.length, 16);
        given().header("Authorization", "Bearer " + TokenHome.WORKER)
                .multiPart(
                        "artifact",
                        "{\"key\":\"" + key + "\",\"origin\":\"replayed\",\"chart_type\":\"daily\",\"parents\":[\""
                                + parent + "\"]}",
                        "application/json")
                .multiPart("content", "c.png", picture, "image/png")
                .put("/api/artifacts/" + id)
                .then()
                .statusCode(201);
        tell(id, "artifact.created");
        return id;
    }

    /** As the write path does; nothing when it has done so already. */
    private void tell(UUID id, String kind) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("""
                        insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                            execution_id)
                        select a.updated_at, :kind, 'worker', a.id, a.type, a.symbol, a.content_sha256, a.execution_uuid,
                            a.dag_id, a.execution_id
                        from artifact a where a.id = :id
                        and not exists (select 1 from change c where c.artifact_id = a.id and c.kind = :kind)""")
                        .setParameter("id", id)
                        .setParameter("kind", kind)
                        .executeUpdate());
    }

    /** What somebody with all rights on the database can do. */
    private void tamper(String sql, UUID artifact) {
        QuarkusTransaction.requiringNew().run(() -> {
            database.createNativeQuery("set local session_replication_role = replica")
                    .executeUpdate();
            int rows = database.createNativeQuery(
                            sql.replace(":id", "'" + artifact + "'").replace(":chain", "'" + execution + "'"))
                    .executeUpdate();
            assertTrue(rows > 0, sql);
        });
    }

    private ValidatableResponse verify() {
        return given().header("Authorization", "Bearer " + TokenHome.VIEWER)
                .get("/api/executions/" + execution + "/verify")
                .then()
                .statusCode(200);
    }

    private UUID threeArtifacts() {
        UUID bars = store("llm", "bars", ",\"prompt\":\"p\",\"response\":\"r\"");
        UUID chart = storeChart(bars);
        store("signal", "signal", ",\"action\":\"BUY\",\"confidence\":0.5,\"signal_data\":{\"outcome\":\"DECIDED\"}");
        return chart;
    }

    @Test
    void everythingIsCoveredWhetherSealedOrWaiting() {
        threeArtifacts();
        verify().body("sound", equalTo(true)).body("artifacts", equalTo(3)).body("seals", equalTo(0));
        int waiting = verify().extract().path("waiting");
        assertTrue(waiting >= 3);
        sealer.seal();
        verify().body("sound", equalTo(true))
                .body("artifacts", equalTo(3))
                .body("blobs", equalTo(1))
                .body("changes", equalTo(waiting))
                .body("waiting", equalTo(0))
                .body("head", notNullValue());
        assertEquals(0, sealer.seal(), "nothing is sealed twice");
    }

    static Stream<List<String>> tamperings() {
        return Stream.of(
                List.of("update artifact set symbol = 'MSFT' where id = :id", "symbol"),
                List.of("update artifact set chart_type = 'weekly' where id = :id", "chart_type"),
                List.of("update artifact set origin = 'live' where id = :id", "origin"),
                List.of("update artifact set execution_id = 'x' where id = :id", "execution_id"),
                List.of("update artifact set metadata = '{\"a\":1}' where id = :id", "metadata"),
                List.of("update artifact set run_id = 'x' where id = :id", "run_id"),
                List.of("update artifact set created_at = created_at - interval '1 day' where id = :id", "created_at"),
                List.of("update artifact set blob_sha256 = null where id = :id", "blob_sha256"),
                List.of(
                        "update artifact set canonical = set_byte(canonical, 5, get_byte(canonical, 5) # 1) where id = :id",
                        "canonical bytes do not have the hash"),
                List.of(
                        "update artifact set content_sha256 = repeat('a', 64) where id = :id",
                        "`content_sha256` is not"),
                List.of(
                        "update artifact_parent set parent_id = gen_random_uuid() where artifact_id = :id",
                        "artifact_parent"),
                List.of(
                        "update blob set content = set_byte(content, 0, 0) where sha256 = (select blob_sha256 from artifact where id = :id)",
                        "another hash"),
                List.of(
                        "delete from blob where sha256 = (select blob_sha256 from artifact where id = :id)",
                        "not where"),
                List.of("delete from artifact where id = :id", "row is gone"),
                List.of("delete from change where artifact_id = :id", "is gone"),
                List.of("update change set actor = 'nobody' where artifact_id = :id", "actor"),
                List.of(
                        "update change set content_sha256 = repeat('b', 64) where artifact_id = :id",
                        "content_sha256"));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void namesTheArtifactAndWhatIsBroken(List<String> tampering) {
        UUID chart = threeArtifacts();
        sealer.seal();
        tamper(tampering.getFirst(), chart);
        verify().body("sound", equalTo(false))
                .body("broken[0].artifact_id", equalTo(chart.toString()))
                .body("broken.what.join(' ')", containsString(tampering.getLast()));
    }

    static Stream<List<String>> sealTamperings() {
        return Stream.of(
                List.of(
                        "update seal set sealed_at = sealed_at - interval '1 hour' where chain = :chain and number = 1",
                        "Seal 1 of the chain was altered"),
                List.of(
                        "update seal set sha256 = repeat('c', 64) where chain = :chain and number = 1",
                        "Seal 2 of the chain does not follow"),
                List.of(
                        "update seal set store_sha256 = repeat('c', 64) where chain = :chain and number = 2",
                        "not in the store's chain"),
                List.of("delete from seal where chain = :chain and number = 1", "Seal 1 of the chain is gone"),
                List.of(
                        "update seal_entry set content = replace(content, 'worker', 'nobody') where artifact_id = :id",
                        "actor"),
                List.of("delete from seal_entry where artifact_id = :id", "lines instead of"));
    }

    @ParameterizedTest
    @MethodSource("sealTamperings")
    void namesTheSealThatIsBroken(List<String> tampering) {
        UUID first = store("llm", "first", ",\"prompt\":\"p\"");
        sealer.seal();
        store("llm", "second", ",\"prompt\":\"p\"");
        sealer.seal();
        verify().body("sound", equalTo(true)).body("seals", equalTo(2));
        tamper(tampering.getFirst(), first);
        verify().body("sound", equalTo(false)).body("broken.what.join(' ')", containsString(tampering.getLast()));
    }

    @Test
    void whatIsNotSealedYetIsCheckedToo() {
        UUID chart = threeArtifacts();
        tamper("update artifact set symbol = 'MSFT' where id = :id", chart);
        verify().body("sound", equalTo(false)).body("broken[0].artifact_id", equalTo(chart.toString()));
    }

    @Test
    void theFirstBrokenOneComesFirst() {
        UUID chart = threeArtifacts();
        UUID last = NamedId.ofKey(key("signal", "signal"));
        sealer.seal();
        tamper("update artifact set action = 'SELL' where id = :id", last);
        tamper("update artifact set symbol = 'MSFT' where id = :id", chart);
        verify().body("broken", hasSize(2))
                .body("broken[0].artifact_id", equalTo(chart.toString()))
                .body("broken[1].artifact_id", equalTo(last.toString()));
    }

    @Test
    void anArtifactThatWasDeletedProperlyIsSound() {
        UUID chart = threeArtifacts();
        sealer.seal();
        given().header("Authorization", "Bearer " + TokenHome.OPERATOR)
                .delete("/api/artifacts/" + chart)
                .then()
                .statusCode(204);
        tell(chart, "artifact.deleted");
        verify().body("sound", equalTo(true));
        sealer.seal();
        verify().body("sound", equalTo(true)).body("artifacts", equalTo(3)).body("blobs", equalTo(0));
    }

    @Test
    void severalReplicasSealEachChangeOnce() throws Exception {
        List<Sealer> replicas = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            replicas.add(new Sealer(repository, audit, turn, Clock.systemUTC(), new SimpleMeterRegistry()));
        }
        for (int i = 0; i < 12; i++) {
            store("llm", "n" + i, ",\"prompt\":\"p\"");
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Callable<Integer>> turns = replicas.stream()
                    .map(replica -> (Callable<Integer>) replica::seal)
                    .toList();
            for (var done : threads.invokeAll(turns)) {
                done.get();
            }
        }
        sealer.seal();
        verify().body("sound", equalTo(true)).body("artifacts", equalTo(12)).body("waiting", equalTo(0));
    }

    private void execute(String sql) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery(sql).executeUpdate());
    }

    @Test
    void whatACommitThatFailedWouldHaveSealedIsSealedByTheNextTurn() {
        sealer.seal();
        store("llm", "analysis", ",\"prompt\":\"p\"");
        execute("""
                create function fail_at_commit() returns trigger language plpgsql
                as 'begin raise exception ''made by the test''; end'""");
        execute("""
                create constraint trigger fails_at_commit after insert on seal deferrable initially deferred
                for each row execute function fail_at_commit()""");
        try {
            assertThrows(RuntimeException.class, sealer::seal);
        } finally {
            execute("drop function fail_at_commit() cascade");
        }
        verify().body("waiting", equalTo(2)); // the artifact and its run
        sealer.seal();
        verify().body("sound", equalTo(true)).body("waiting", equalTo(0));
    }

    @Test
    void manyChangesOfOneTransactionAreSealedInSeveralBatches() {
        store("llm", "analysis", ",\"prompt\":\"p\"");
        execute("""
                insert into change (at, kind, actor, execution_uuid, dag_id, execution_id)
                select now(), 'execution.changed', 'worker', '%s', 'dag', '%s' from generate_series(1, 2500)""".formatted(execution, run));
        assertTrue(sealer.seal() >= 2_500);
        verify().body("sound", equalTo(true)).body("changes", equalTo(2_502)).body("waiting", equalTo(0));
    }

    @Test
    void aPageAtATimeTheWholeStoreIsLookedAt() {
        UUID chart = threeArtifacts();
        sealer.seal();
        tamper("update artifact set symbol = 'MSFT' where id = :id", chart);
        List<String> found = new ArrayList<>();
        String cursor = "0";
        while (cursor != null) {
            var page = given().header("Authorization", "Bearer " + TokenHome.VIEWER)
                    .queryParam("cursor", cursor)
                    .get("/api/verify")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.<String>getList("broken.artifact_id"));
            cursor = page.get("next_cursor");
        }
        assertTrue(found.contains(chart.toString()));
    }

    @Test
    void aNotedHeadShowsLaterThatNothingBeforeItWasWrittenAnew() {
        store("llm", "first", ",\"prompt\":\"p\"");
        sealer.seal();
        String head = verify().extract().path("head");
        compare(head).body("sound", equalTo(true));
        String forged = head.substring(0, head.length() - 1) + (head.endsWith("0") ? "1" : "0");
        compare(forged).body("sound", equalTo(false));
        compare("999999999:" + "0".repeat(64)).body("sound", equalTo(false));
    }

    private ValidatableResponse compare(String head) {
        return given().header("Authorization", "Bearer " + TokenHome.VIEWER)
                .queryParam("head", head)
                .get("/api/verify")
                .then()
                .statusCode(200);
    }

    @Test
    void nobodyRewritesSealsByMistake() {
        threeArtifacts();
        sealer.seal();
        assertThrows(
                RuntimeException.class,
                () -> QuarkusTransaction.requiringNew()
                        .run(() -> database.createNativeQuery("delete from seal_entry")
                                .executeUpdate()));
    }

    /** docs/seals.md, followed by hand with nothing but SQL and SHA-256. */
    @Test
    void anybodyCanComputeASealFromTheDocumentedText() {
        store("llm", "first", ",\"prompt\":\"p\"");
        sealer.seal();
        QuarkusTransaction.requiringNew().run(() -> {
            Tuple seal = (Tuple) database.createNativeQuery("""
                            select position, sha256, entries, cast(chain as text) as chain, number, previous_sha256,
                                cast(sealed_at as text) as x, sealed_at from seal where chain = :chain""", Tuple.class)
                    .setParameter("chain", execution)
                    .getSingleResult();
            List<?> contents = database.createNativeQuery(
                            "select content from seal_entry where position = :position order by ordinal", String.class)
                    .setParameter("position", seal.get("position"))
                    .getResultList();
            String lines = contents.stream().map(String::valueOf).collect(Collectors.joining("\n"));
            String header =
                    "{\"chain\":\"%s\",\"entries\":%d,\"number\":1,\"previous_sha256\":\"%s\",\"sealed_at\":\"%s\",\"version\":1}"
                            .formatted(
                                    execution,
                                    seal.get("entries", Integer.class),
                                    "0".repeat(64),
                                    seal.get("sealed_at", java.time.Instant.class));
            assertEquals(Sha256.of(header + "\n" + lines), seal.get("sha256"));
        });
    }
}
