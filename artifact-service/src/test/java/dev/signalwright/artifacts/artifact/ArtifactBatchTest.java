package dev.signalwright.artifacts.artifact;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Many artifacts in one request, and what every stored one leaves behind, on a real PostgreSQL. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ArtifactBatchTest {
    private final String run = "run-" + UUID.randomUUID();

    @Inject
    DataSource database;

    private ObjectNode artifact(String name) {
        return CanonicalJson.MAPPER
                .createObjectNode()
                .put("key", "dag/" + run + "/task/-1/1/llm/" + name + "/AAPL")
                .put("type", "llm")
                .put("name", name)
                .put("symbol", "AAPL")
                .put("prompt", "what now?")
                .put("origin", "replayed");
    }

    private static String idOf(ObjectNode artifact) {
        return NamedId.ofKey(artifact.get("key").asText()).toString();
    }

    private static Response post(List<ObjectNode> artifacts) {
        ObjectNode body = CanonicalJson.MAPPER.createObjectNode();
        ArrayNode list = body.putArray("artifacts");
        artifacts.forEach(list::add);
        return post(body.toString());
    }

    private static Response post(String body) {
        return given().header("Authorization", "Bearer " + TokenHome.WORKER)
                .contentType("application/json")
                .body(body)
                .post("/api/artifacts/batch");
    }

    private List<String> changes() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select kind, actor, artifact_id, content_sha256 from change where execution_id = ? order by seq")) {
            select.setString(1, run);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getString(3) + " "
                            + result.getString(4));
                }
            }
        }
        return rows;
    }

    @Test
    void fiveHundredAreStoredAndStoredOnce() throws SQLException {
        List<ObjectNode> artifacts =
                IntStream.range(0, 500).mapToObj(i -> artifact("a" + i)).toList();
        post(artifacts)
                .then()
                .statusCode(200)
                .body("results", hasSize(500))
                .body("results.findAll { it.status == 201 }", hasSize(500));
        post(artifacts).then().statusCode(200).body("results.findAll { it.status == 200 }", hasSize(500));
        List<String> changes = changes();
        assertEquals(501, changes.size(), "one change for each and one for the run");
    }

    @Test
    void everyStoredArtifactLeavesOneChangeWithItsHashAndWhoSentIt() throws SQLException {
        ObjectNode artifact = artifact("one");
        String hash = post(List.of(artifact)).path("results[0].content_sha256");
        post(List.of(artifact));
        given().header("Authorization", "Bearer " + TokenHome.WORKER)
                .contentType("application/json")
                .body(artifact.toString())
                .post("/api/artifacts");
        assertEquals(
                List.of("execution.changed worker null null", "artifact.created worker " + idOf(artifact) + " " + hash),
                changes().stream().sorted(java.util.Comparator.reverseOrder()).toList());
    }

    @Test
    void eachIsJudgedByItselfInOrder() {
        ObjectNode parent = artifact("parent");
        ObjectNode child = artifact("child");
        child.putArray("parents").add(idOf(parent));
        ObjectNode orphan = artifact("orphan");
        orphan.putArray("parents").add(UUID.randomUUID().toString());
        ObjectNode wrong = artifact("wrong").put("confidence", 2);
        ObjectNode keyless = artifact("keyless");
        keyless.remove("key");
        ObjectNode other = artifact("parent").put("response", "another one");
        post(List.of(parent, child, orphan, wrong, keyless, other))
                .then()
                .statusCode(200)
                .body("results.status", equalTo(List.of(201, 201, 409, 422, 422, 409)))
                .body("results[0].id", equalTo(idOf(parent)))
                .body("results[2].problem.type", containsString("parent-not-stored"))
                .body("results[3].problem.errors[0].field", equalTo("confidence"))
                .body("results[4].problem.errors[0].field", equalTo("key"))
                .body("results[5].problem.type", containsString("key-conflict"));
        given().header("Authorization", "Bearer " + TokenHome.VIEWER)
                .get("/api/artifacts?count=exact&execution_id=" + run)
                .then()
                .body("total", equalTo(2));
    }

    /** The run's row is there, so new ones and known ones go to the database in one statement, without a look before. */
    @Test
    void ofARunThatIsKnownTheNewAreStoredAndTheTakenJudged() throws SQLException {
        post(List.of(artifact("same"), artifact("other"))).then().body("results.status", equalTo(List.of(201, 201)));
        post(List.of(
                        artifact("new"),
                        artifact("same"),
                        artifact("other").put("prompt", "what then?"),
                        artifact("new"),
                        artifact("newer")))
                .then()
                .body("results.status", equalTo(List.of(201, 200, 409, 200, 201)));
        assertEquals(5, changes().size(), "the run's and one for each that was stored");
    }

    /** The parent's key is taken by a simulated one that becomes visible only after this batch was judged. */
    @Test
    void aChildIsJudgedByTheParentThatIsStoredAndNotByTheOneItCameWith() throws Exception {
        ObjectNode parent = artifact("parent");
        ObjectNode child = artifact("child");
        child.putArray("parents").add(idOf(parent));
        post(List.of(artifact("first"))).then().statusCode(200);
        CompletableFuture<Response> answer;
        try (Connection rival = database.getConnection()) {
            rival.setAutoCommit(false);
            try (PreparedStatement insert = rival.prepareStatement("""
                    insert into artifact (id, key, name, type, origin, content_sha256, canonical, canonical_size,
                        created_at, updated_at)
                    values (cast(? as uuid), ?, 'parent', 'llm', 'simulated', repeat('0', 64), '{}', 2, now(), now())""")) {
                insert.setString(1, idOf(parent));
                insert.setString(2, parent.get("key").asText());
                insert.executeUpdate();
            }
            answer = CompletableFuture.supplyAsync(() -> post(List.of(parent, child)));
            awaitWaitingInsert();
            rival.commit();
        }
        answer.get(10, TimeUnit.SECONDS)
                .then()
                .body("results[0].problem.type", containsString("key-conflict"))
                .body("results[1].problem.type", containsString("origin-too-good"));
    }

    private void awaitWaitingInsert() throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into artifact%'")) {
            while (System.nanoTime() < end) {
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no insert waits for the other one");
    }

    @Test
    void aRunOfAnOldClientBecomesOneThatReportsWithItsFirstKey() throws SQLException {
        for (int i = 0; i < 2; i++) {
            given().header("Authorization", "Bearer " + TokenHome.WORKER)
                    .contentType("application/json")
                    .body("{\"type\":\"llm\",\"name\":\"old\",\"dag_id\":\"dag\",\"execution_id\":\"" + run + "\"}")
                    .post("/api/artifacts")
                    .then()
                    .statusCode(201);
        }
        assertEquals("unknown", stateOfRun());
        post(List.of(artifact("one"))).then().body("results.status", equalTo(List.of(201)));
        assertEquals("running", stateOfRun());
        assertEquals(5, changes().size(), "two of the run and three artifacts");
    }

    private String stateOfRun() {
        return given().header("Authorization", "Bearer " + TokenHome.WORKER)
                .get("/api/executions/" + NamedId.ofExecution("dag", run))
                .path("state");
    }

    @Test
    void aRowThatTheDatabaseRefusesTakesNoOtherWithIt() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "alter table artifact add constraint ck_test check (name <> 'poisoned by a test') not valid");
        }
        try {
            post(List.of(artifact("before"), artifact("poisoned by a test"), artifact("after")))
                    .then()
                    .statusCode(200)
                    .body("results.status", equalTo(List.of(201, 500, 201)))
                    .body("results[1].problem.type", containsString("internal-error"));
        } finally {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("alter table artifact drop constraint ck_test");
            }
        }
    }

    @Test
    void whatIsNoBatchIsRefusedAsAWhole() {
        post("{\"artifacts\": []}").then().statusCode(422).body("detail", containsString("1 to 500"));
        post("{\"artifacts\": {}}").then().statusCode(422);
        post("[]").then().statusCode(400);
        post(IntStream.rangeClosed(0, 500).mapToObj(i -> artifact("b" + i)).toList())
                .then()
                .statusCode(422)
                .body("detail", containsString("it holds 501"));
        given().header("Authorization", "Bearer " + TokenHome.VIEWER)
                .contentType("application/json")
                .body("{\"artifacts\": []}")
                .post("/api/artifacts/batch")
                .then()
                .statusCode(403);
    }

    @Test
    void oneThatIsTooLargeIsRefusedAlone() {
        ObjectNode large = artifact("large").put("prompt", "x".repeat(600_000)).put("response", "x".repeat(600_000));
        post(List.of(large, artifact("small")))
                .then()
                .statusCode(200)
                .body("results.status", equalTo(List.of(413, 201)));
    }
}
