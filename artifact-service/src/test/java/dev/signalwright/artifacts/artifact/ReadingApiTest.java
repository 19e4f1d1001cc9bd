package dev.signalwright.artifacts.artifact;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.testing.ChangeRows;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Lists, search, counts, downloads and graphs over HTTP, on a real PostgreSQL. Every test names runs of its own. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ReadingApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

    @Inject
    DataSource database;

    private static final ObjectNode CONTENT = JSON.createObjectNode();

    private final String run = "run-" + UUID.randomUUID();
    private final String execution = NamedId.ofExecution("dag", run).toString();

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static ValidatableResponse get(String path) {
        return as(TokenHome.VIEWER).get(path).then();
    }

    private ObjectNode artifact(String type, String name) {
        return JSON.createObjectNode()
                .put("key", "dag/" + run + "/task/-1/1/" + type + "/" + name + "/AAPL")
                .put("type", type)
                .put("name", name)
                .put("symbol", "AAPL")
                .put("dag_id", "dag")
                .put("execution_id", run)
                .put("task_id", "task")
                .put("map_index", -1)
                .put("try_number", 1)
                .put("origin", "replayed");
    }

    private static String store(ObjectNode artifact, String... parents) {
        if (parents.length > 0) {
            var list = artifact.putArray("parents");
            List.of(parents).forEach(list::add);
        }
        return as(TokenHome.WORKER)
                .body(artifact.toString())
                .post("/api/artifacts")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void delete(String id) {
        as(TokenHome.OPERATOR).delete("/api/artifacts/" + id).then().statusCode(204);
    }

    /** Waits until the catalogue has caught up with a change made before the call. */
    private static JsonNode eventually(String path, java.util.function.Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            JsonNode answer = JSON.readTree(get(path).statusCode(200).extract().asString());
            if (wanted.test(answer)) {
                return answer;
            }
            assertTrue(System.nanoTime() < end, () -> path + " stays " + answer);
        }
    }

    @Test
    void aRunIsSortedByAnythingPageByPage() {
        for (String name : List.of("pear", "apple", "fig", "apple pie", "quince|odd")) {
            store(artifact("llm", name).put("prompt", "p"));
        }
        for (String order : List.of("name", "-name", "symbol", "-type", "updated_at", "-confidence", "created_at")) {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            while (cursor != null) {
                var page = get("/api/artifacts?limit=2&execution_id=" + run + "&sort=" + order + "&cursor=" + cursor)
                        .statusCode(200)
                        .extract();
                seen.addAll(page.path("artifacts.name"));
                cursor = page.path("next_cursor");
            }
            assertEquals(5, seen.stream().distinct().count(), () -> order + ": " + seen);
            assertEquals(5, seen.size(), () -> order + ": " + seen);
            if (order.equals("-name")) {
                assertEquals(List.of("quince|odd", "pear", "fig", "apple pie", "apple"), seen);
            }
        }
        get("/api/artifacts?sort=name").statusCode(400).body("errors[0].field", equalTo("sort"));
        String other = get("/api/artifacts?limit=2&sort=name&execution_id=" + run)
                .extract()
                .path("next_cursor");
        get("/api/artifacts?sort=-type&execution_id=" + run + "&cursor=" + other)
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void fieldsNarrowWhatIsSentAndUnknownOnesAreNamed() {
        ObjectNode sent = artifact("llm", "analysis").put("prompt", "p").put("model_name", "m");
        store(sent);
        String list = "/api/artifacts?execution_id=" + run + "&fields=";
        get(list + "name,model_name")
                .statusCode(200)
                .body("artifacts[0].keySet()", equalTo(java.util.Set.of("id", "name", "model_name")));
        get(list + "prompt")
                .body("artifacts[0].keySet()", equalTo(java.util.Set.of("id", "prompt")))
                .body("artifacts[0].prompt", equalTo("p"));
        get(list + "name,promt").statusCode(400).body("detail", containsString("promt"));
    }

    @Test
    void wordsAreFoundASecondLaterAndForgottenWithTheirArtifact() throws Exception {
        String word = "zebra" + UUID.randomUUID().toString().replace("-", "").replaceAll("[0-9]", "x");
        ObjectNode signal = artifact("signal", "signal").put("action", "BUY");
        signal.putObject("signal_data").put("outcome", "DECIDED").put("reasoning", "A " + word + " crossed <b>up</b>.");
        String id = store(signal);
        String search = "/api/artifacts?q=" + word;
        JsonNode found = eventually(search, answer -> !answer.get("artifacts").isEmpty());
        assertEquals(id, found.at("/artifacts/0/id").asText());
        assertTrue(found.at("/snippets/" + id).asText().contains("«" + word + "»"), found.toString());
        assertTrue(found.has("complete_until"));
        get(search + "&type=llm").body("artifacts", hasSize(0));
        get(search + "&count=exact&execution_uuid=" + execution).body("total", equalTo(1));
        delete(id);
        get(search).body("artifacts", hasSize(0));
        get("/api/artifacts?q=the").statusCode(400).body("errors[0].field", equalTo("q"));
        get("/api/artifacts?q=';drop table artifact --").statusCode(200).body("artifacts", hasSize(0));
    }

    @Test
    void wordsThatAreFilledInLaterAreFoundAndTheirArtifactIsCountedOnce() throws Exception {
        String word = "okapi" + UUID.randomUUID().toString().replace("-", "").replaceAll("[0-9]", "x");
        String id = store(JSON.createObjectNode().put("type", "llm").put("name", word + "early"));
        eventually(
                "/api/artifacts?q=" + word + "early",
                answer -> answer.get("artifacts").size() == 1);
        int before = get("/api/artifacts/stats/summary").extract().path("by_type.llm");
        as(TokenHome.WORKER)
                .body("{\"prompt\":\"a " + word + "late\"}")
                .patch("/api/artifacts/" + id)
                .then()
                .statusCode(200);
        eventually(
                "/api/artifacts?q=" + word + "late",
                answer -> answer.get("artifacts").size() == 1);
        get("/api/artifacts/stats/summary").body("by_type.llm", equalTo(before));
    }

    @Test
    void theSummaryFollowsWhatComesAndGoes() throws Exception {
        ObjectNode order = artifact("order", "order");
        order.putObject("data").put("state", "none");
        eventually("/api/artifacts/stats/summary", ReadingApiTest::isCaughtUp);
        int before = get("/api/artifacts/stats/summary").extract().path("by_type.order") instanceof Integer n ? n : 0;
        String id = store(order);
        JsonNode more = eventually(
                "/api/artifacts/stats/summary",
                answer -> answer.at("/by_type/order").asInt() == before + 1);
        assertTrue(more.at("/bytes/json").asLong() > 0);
        assertTrue(more.at("/executions_by_state/running").asInt() > 0);
        // Told twice, counted once.
        ChangeRows.created(database, id);
        delete(id);
        eventually(
                "/api/artifacts/stats/summary",
                answer -> answer.at("/by_type/order").asInt() == before);
    }

    private static boolean isCaughtUp(JsonNode summary) {
        return summary.has("complete_until");
    }

    @Test
    void aDownloadCanBeCheckedWithoutTheService() throws Exception {
        ObjectNode sent = artifact("portfolio", "port/../folio\"é");
        sent.putObject("data").put("cash", "10.5");
        String id = store(sent);
        var answer = get("/api/artifacts/" + id + "/download").statusCode(200).extract();
        assertEquals(
                "attachment; filename=\"portfolio-AAPL-port-folio--" + id.substring(0, 8) + ".json\"",
                answer.header("Content-Disposition"));
        JsonNode file = JSON.readTree(answer.asByteArray());
        assertEquals(
                file.at("/manifest/content_sha256").asText(),
                CanonicalJson.sha256(file.get("canonical").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(id, file.at("/artifact/id").asText());
        assertTrue(file.at("/manifest/hash_matches").asBoolean());
        get("/api/artifacts/" + UUID.randomUUID() + "/download").statusCode(404);
    }

    @Test
    void theLineOfASignalGoesUpAndDownAndKeepsTombstones() {
        String bars = store(artifact("market_data", "daily_bars").set("data", CONTENT));
        String chart =
                store(artifact("chart", "daily").put("chart_type", "daily").set("chart_data", CONTENT), bars);
        String weekly =
                store(artifact("chart", "weekly").put("chart_type", "weekly").set("chart_data", CONTENT), bars);
        String analysis = store(artifact("llm", "analysis").put("prompt", "p"), chart, weekly, bars);
        ObjectNode decided = artifact("signal", "signal").put("action", "BUY");
        decided.putObject("signal_data").put("outcome", "DECIDED");
        String signal = store(decided, analysis);
        String order = store(artifact("order", "order").set("data", CONTENT), signal);
        delete(chart);
        String line = "/api/artifacts/" + signal + "/lineage";
        get(line)
                .statusCode(200)
                .body("nodes.id", hasItems(bars, chart, weekly, analysis, signal, order))
                .body("nodes", hasSize(6))
                .body("edges", hasSize(7))
                .body("nodes.find { it.id == '" + chart + "' }.deleted", equalTo(true))
                .body("nodes.find { it.id == '" + bars + "' }.depth", equalTo(-2))
                .body("nodes.find { it.id == '" + order + "' }.depth", equalTo(1))
                .body("cut", nullValue());
        get(line + "?direction=upstream").body("nodes", hasSize(5)).body("cut", nullValue());
        get(line + "?direction=downstream").body("nodes.id", equalTo(List.of(signal, order)));
        get(line + "?depth=1").body("nodes", hasSize(3)).body("cut", equalTo("depth"));
        get(line + "?limit=2").body("nodes", hasSize(2)).body("cut", equalTo("limit"));
        get(line + "?direction=sideways").statusCode(400).body("errors[0].field", equalTo("direction"));
        get("/api/artifacts/" + UUID.randomUUID() + "/lineage").statusCode(404);
        get("/api/executions/" + execution + "/graph")
                .statusCode(200)
                .body("nodes", hasSize(6))
                .body("edges", hasSize(7));
        get("/api/executions/" + execution + "/graph?limit=3")
                .body("nodes", hasSize(3))
                .body("cut", equalTo("limit"));
        get("/api/executions/" + UUID.randomUUID() + "/graph").statusCode(404);
        assertFalse(signal.isEmpty());
        get("/api/artifacts?execution_id=" + run + "&fields=parents&type=signal")
                .body("artifacts[0].parents", hasItem(analysis));
    }
}
