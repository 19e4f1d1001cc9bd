package dev.signalwright.artifacts.artifact;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.testing.PngBytes;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Contract section 1 over HTTP, on a real PostgreSQL. Every test names runs of its own. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ArtifactApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] PNG = PngBytes.of(1, 1);

    private final String run = "run-" + UUID.randomUUID();

    @Inject
    DataSource database;

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static RequestSpecification worker() {
        return as(TokenHome.WORKER);
    }

    private ObjectNode artifact(String type, String name, int tryNumber) {
        return JSON.createObjectNode()
                .put("key", "dag/" + run + "/task/-1/" + tryNumber + "/" + type + "/" + name + "/AAPL")
                .put("type", type)
                .put("name", name)
                .put("symbol", "AAPL")
                .put("dag_id", "dag")
                .put("execution_id", run)
                .put("task_id", "task")
                .put("map_index", -1)
                .put("try_number", tryNumber)
                .put("origin", "replayed");
    }

    private static String idOf(ObjectNode artifact) {
        return NamedId.ofKey(artifact.get("key").asText()).toString();
    }

    private static Response put(ObjectNode artifact) {
        return worker().body(artifact.toString()).put("/api/artifacts/" + idOf(artifact));
    }

    @Test
    void theSameArtifactSentByManyAtOnceIsStoredOnce() throws Exception {
        ObjectNode artifact = artifact("llm", "analysis", 1).put("prompt", "what now?");
        List<Callable<Integer>> senders = new ArrayList<>(
                Collections.nCopies(8, (Callable<Integer>) () -> put(artifact).statusCode()));
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(senders)) {
                answers.add(answer.get());
            }
        }
        assertEquals(1, Collections.frequency(answers, 201), () -> answers.toString());
        assertEquals(7, Collections.frequency(answers, 200), () -> answers.toString());
        worker().get("/api/artifacts?count=exact&execution_id=" + run)
                .then()
                .body("total", equalTo(1))
                .body("artifacts[0].content_sha256", notNullValue());
    }

    @Test
    void otherContentUnderAKeyIsRefusedAndTheStoredOneStays() {
        ObjectNode first = artifact("llm", "analysis", 1).put("response", "up");
        put(first).then().statusCode(201).header("Location", not(nullValue()));
        put(first.deepCopy().put("response", "down"))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("https://signalwright.dev/problems/key-conflict"))
                .body("artifact_id", equalTo(idOf(first)))
                .body("stored_sha256", notNullValue())
                .body("sent_sha256", notNullValue());
        worker().get("/api/artifacts/" + idOf(first)).then().body("response", equalTo("up"));
    }

    @Test
    void theReturnedHashIsTheHashOfTheReturnedJson() throws IOException {
        ObjectNode sent = artifact("portfolio", "portfolio", 1);
        sent.putObject("data").put("b", 1.0).put("a", "é").put("tiny", 1e-7);
        ObjectNode back = (ObjectNode) JSON.readTree(put(sent).asString());
        String hash = back.get("content_sha256").asText();
        back.remove(List.of(
                "id", "key", "metadata", "run_id", "experiment_id", "content_sha256", "created_at", "updated_at"));
        assertEquals(CanonicalJson.sha256(CanonicalJson.of(back)), hash);
        put(sent.put("content_sha256", hash)).then().statusCode(200);
        put(sent.put("content_sha256", "0".repeat(64)))
                .then()
                .statusCode(422)
                .body("type", equalTo("https://signalwright.dev/problems/hash-mismatch"));
    }

    @Test
    void anOldClientPostsPatchesAndListsAsItAlwaysDid() {
        String id = worker().body(
                        "{\"name\":\"chart\",\"type\":\"chart\",\"execution_id\":\"" + run + "\",\"extra\":1}")
                .post("/api/artifacts/")
                .then()
                .statusCode(201)
                .body("origin", equalTo("unknown"))
                .extract()
                .path("id");
        worker().body("{\"prompt\":\"p\",\"response\":\"r\",\"model_name\":\"m\",\"prompt_length\":1,"
                        + "\"metadata\":{\"market_data_snapshot\":{\"bars\":["
                        + "{\"date\":\"2012-09-18\",\"close\":1},{\"date\":\"2012-09-19\",\"close\":2}]}}}")
                .patch("/api/artifacts/" + id)
                .then()
                .statusCode(200)
                .body("prompt", equalTo("p"))
                .body("model_name", equalTo("m"));
        worker().body("{\"prompt\":\"other\"}")
                .patch("/api/artifacts/" + id)
                .then()
                .statusCode(422);
        worker().get("/api/artifacts/?group_by=execution_id&limit=500&execution_id=" + run)
                .then()
                .statusCode(200)
                .body("grouped.'" + run + "'", hasSize(1))
                .body("group_count", equalTo(1))
                .body("total", equalTo(1));
        worker().get("/api/artifacts/" + id + "/market-data?limit=1")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("data[0].date", equalTo("2012-09-19"));
    }

    @Test
    void patchMergesMetadataAndTouchesNothingProduced() {
        ObjectNode sent = artifact("llm", "analysis", 1).put("prompt", "p");
        sent.putObject("metadata").put("a", 1).put("b", 2);
        put(sent).then().statusCode(201);
        worker().body("{\"metadata\":{\"a\":null,\"c\":{\"d\":3}},\"run_id\":\"mlflow-1\"}")
                .patch("/api/artifacts/" + idOf(sent))
                .then()
                .statusCode(200)
                .body("metadata.a", nullValue())
                .body("metadata.b", equalTo(2))
                .body("metadata.c.d", equalTo(3))
                .body("run_id", equalTo("mlflow-1"));
        worker().body("{\"response\":\"late\"}")
                .patch("/api/artifacts/" + idOf(sent))
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("response"));
        put(sent).then().statusCode(200);
    }

    @Test
    void aPictureComesBackByteForByte() {
        ObjectNode chart = artifact("chart", "daily", 1).put("chart_type", "daily");
        post(chart, PNG)
                .then()
                .statusCode(201)
                .body("blob.size", equalTo(PNG.length))
                .body("blob.sha256", equalTo(CanonicalJson.sha256(PNG)));
        byte[] back = worker().get("/api/artifacts/" + idOf(chart) + "/content")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .extract()
                .asByteArray();
        assertArrayEquals(PNG, back);
        post(artifact("chart", "weekly", 1), "no picture".getBytes())
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("content"));
    }

    private Response post(ObjectNode chart, byte[] picture) {
        return given().header("Authorization", "Bearer " + TokenHome.WORKER)
                .multiPart("artifact", chart.toString(), "application/json")
                .multiPart("content", "chart.png", picture, "image/png")
                .post("/api/artifacts");
    }

    private long blobs(byte[] picture) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select count(*) from blob where sha256 = ?")) {
            select.setString(1, CanonicalJson.sha256(picture));
            ResultSet rows = select.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void anotherPictureUnderATakenKeyIsRefusedAndLeavesNoBytes() throws SQLException {
        ObjectNode chart = artifact("chart", "daily", 1).put("chart_type", "daily");
        byte[] refused = PngBytes.of(2, 5);
        post(chart, PNG).then().statusCode(201);
        post(chart, refused).then().statusCode(409).body("stored_sha256", notNullValue());
        assertEquals(0, blobs(refused));
        post(chart, PNG).then().statusCode(200);
    }

    @Test
    void theSamePictureSentUnderManyKeysAtOnceIsKeptOnce() throws Exception {
        byte[] picture = PngBytes.of(3, 7);
        List<Callable<Integer>> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) { // forms without a length: no more of them fit into the budget
            ObjectNode chart = artifact("chart", "daily-" + i, 1).put("chart_type", "daily");
            senders.add(() -> post(chart, picture).statusCode());
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var answer : threads.invokeAll(senders)) {
                assertEquals(201, answer.get());
            }
        }
        assertEquals(1, blobs(picture));
    }

    @Test
    void aDeletedArtifactAnswersGoneForEver() {
        ObjectNode sent = artifact("llm", "analysis", 1).put("response", "up");
        put(sent).then().statusCode(201);
        worker().delete("/api/artifacts/" + idOf(sent)).then().statusCode(403);
        as(TokenHome.OPERATOR).delete("/api/artifacts/" + idOf(sent)).then().statusCode(204);
        put(sent).then().statusCode(410);
        worker().get("/api/artifacts/" + idOf(sent)).then().statusCode(410);
        worker().get("/api/artifacts?execution_id=" + run).then().body("artifacts", hasSize(0));
    }

    @Test
    void noArtifactIsOfBetterOriginThanItsParents() {
        ObjectNode parent = artifact("market_data", "daily_bars", 1);
        parent.putObject("data");
        ObjectNode child = artifact("llm", "analysis", 1).put("response", "up").put("origin", "live");
        child.putArray("parents").add(idOf(parent));
        put(child).then().statusCode(409).body("missing", hasItem(idOf(parent)));
        put(parent).then().statusCode(201);
        put(child).then().statusCode(422).body("type", equalTo("https://signalwright.dev/problems/origin-too-good"));
        put(child.put("origin", "simulated")).then().statusCode(201);
    }

    @Test
    void aSignalHasAnActionIfAndOnlyIfItDecided() {
        ObjectNode signal = artifact("signal", "signal", 1).put("action", "BUY").put("confidence", 1.5);
        signal.putObject("signal_data").put("outcome", "ABSTAINED");
        put(signal)
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("action"))
                .body("errors.field", hasItem("confidence"));
        worker().body("{\"name\":\"x\",\"type\":\"signal\",\"data\":{\"x\":1e999}}")
                .post("/api/artifacts")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("data.x"));
    }

    @Test
    void aPagedListMissesNothingWhileArtifactsArrive() {
        for (int i = 1; i <= 7; i++) {
            put(artifact("llm", "n" + i, 1).put("response", "up")).then().statusCode(201);
        }
        HashSet<String> seen = new HashSet<>();
        String cursor = "";
        for (int page = 0; page < 4; page++) {
            var answer = worker().get("/api/artifacts?limit=2&execution_id=" + run + "&cursor=" + cursor)
                    .then()
                    .statusCode(200)
                    .extract();
            List<String> names = answer.path("artifacts.name");
            names.forEach(name -> assertTrue(seen.add(name), name + " came twice"));
            cursor = answer.path("next_cursor");
            put(artifact("llm", "late" + page, 1).put("response", "up"));
        }
        assertEquals(7, seen.size());
        assertEquals(null, cursor);
        worker().get("/api/artifacts?symbl=AAPL").then().statusCode(400);
    }

    @Test
    void theExamplesAreAccepted() throws IOException {
        Path examples = Path.of("..", "docs", "api", "examples");
        for (String name :
                List.of("market-data", "signal-decided", "signal-abstained", "task-result", "keyless-chart")) {
            int status = worker().body(Files.readString(examples.resolve(name + ".json")))
                    .post("/api/artifacts")
                    .statusCode();
            assertTrue(status == 201 || status == 200, name + ": " + status);
        }
        UUID execution = NamedId.ofExecution("ibkr_trading_signal_workflow", "manual__2012-09-20");
        worker().get("/api/executions/" + execution)
                .then()
                .statusCode(200)
                .body("state", equalTo("success"))
                .body("degraded", equalTo(true))
                .body("symbols", hasItem("AAPL"))
                .body("tasks[0].task_id", equalTo("deliver_artifacts"));
        worker().get("/api/executions?state=success&dag_id=ibkr_trading_signal_workflow")
                .then()
                .body("executions", hasSize(1));
    }

    @Test
    void anOrderIntentIsClaimedExactlyOnce() throws Exception {
        String slot = "0f66128942bb773f88d6c7827ea291c6faece41b819335551c3271c0bd2104a6";
        String intent = Files.readString(Path.of("..", "docs", "api", "examples", "order-intent.json"));
        String address = "/api/order-intents/" + slot;
        worker().body(intent).put(address).then().statusCode(201).body("state", equalTo("intended"));
        worker().body(intent.replace("\"10\"", "\"99\""))
                .put(address)
                .then()
                .statusCode(200)
                .body("quantity", equalTo("10"));
        worker().body("{\"state\":\"placed\"}").post(address + "/state").then().statusCode(409);
        List<Callable<Integer>> claimants = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String claim = "{\"claimant\":\"process-" + i + "\"}";
            claimants.add(() -> worker().body(claim).post(address + "/claim").statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(claimants)) {
                answers.add(answer.get());
            }
        }
        assertEquals(1, Collections.frequency(answers, 200), () -> answers.toString());
        assertEquals(7, Collections.frequency(answers, 409), () -> answers.toString());
        // Whoever found the order at the broker may tell what became of it; the permission is not given again.
        worker().body("{\"state\":\"placed\",\"perm_id\":7}")
                .post(address + "/state")
                .then()
                .statusCode(200)
                .body("state", equalTo("placed"))
                .body("perm_id", equalTo(7));
        worker().body("{\"claimant\":\"late\"}").post(address + "/claim").then().statusCode(409);
    }
}
