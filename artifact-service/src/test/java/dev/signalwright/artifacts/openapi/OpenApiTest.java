package dev.signalwright.artifacts.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The document that clients are generated from, against the running service. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
    /** A slot of this test alone. */
    private static final String SLOT = "SIM000001|simulated|llm-chart@1|265598|2012-09-20|7";

    private final String run = "run-" + UUID.randomUUID();

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static JsonNode document() throws IOException {
        return JSON.readTree(as(TokenHome.VIEWER).get("/q/openapi?format=JSON").asString());
    }

    private static String example(String name) throws IOException {
        return Files.readString(java.nio.file.Path.of("..", "docs", "api", "examples", name + ".json"));
    }

    @Test
    void everyEndpointIsDescribedAndEveryDescriptionHasAnEndpoint() throws IOException {
        JsonNode document = document();
        TreeSet<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> METHODS.stream()
                        .filter(path.getValue()::has)
                        .forEach(method -> described.add(method + " " + path.getKey())));
        assertEquals(endpoints(), described);
        for (String operation : described) {
            String[] parts = operation.split(" ");
            JsonNode node = document.get("paths").get(parts[1]).get(parts[0]);
            assertTrue(node.hasNonNull("operationId") && node.hasNonNull("summary"), operation);
            assertTrue(node.get("responses").has("401") && node.get("responses").has("503"), operation);
        }
    }

    private static TreeSet<String> endpoints() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.signalwright.artifacts");
        TreeSet<String> endpoints = new TreeSet<>();
        classes.stream().filter(type -> type.isAnnotatedWith(Path.class)).forEach(type -> {
            String base = type.getAnnotationOfType(Path.class).value();
            for (JavaMethod method : type.getMethods()) {
                String path = base
                        + (method.isAnnotatedWith(Path.class)
                                ? method.getAnnotationOfType(Path.class).value()
                                : "");
                method.getAnnotations().stream()
                        .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                        .filter(annotation -> path.startsWith("/api"))
                        .forEach(annotation -> endpoints.add(
                                annotation.getRawType().getSimpleName().toLowerCase(Locale.ROOT) + " " + path));
            }
        });
        return endpoints;
    }

    /** Calls operations by name and holds every answer against the document. */
    private static final class Client {
        private final JsonNode document = document();
        private final TreeSet<String> called = new TreeSet<>();

        Client() throws IOException {}

        Response call(int status, String token, String operationId, Object body, String query, Object... values)
                throws IOException {
            for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
                for (String method : METHODS) {
                    if (path.getValue()
                            .path(method)
                            .path("operationId")
                            .asText()
                            .equals(operationId)) {
                        called.add(operationId);
                        RequestSpecification request = as(token);
                        if (method.equals("patch")) {
                            request.contentType("application/merge-patch+json");
                        }
                        if (!body.equals("")) {
                            request.body(body.toString());
                        }
                        Response answer = request.request(
                                method,
                                path.getKey() + query,
                                Arrays.stream(values).map(String::valueOf).toArray());
                        check(status, operationId, path.getValue().get(method), answer);
                        return answer;
                    }
                }
            }
            throw new AssertionError("no operation " + operationId);
        }

        private void check(int status, String operationId, JsonNode operation, Response answer) {
            assertEquals(status, answer.statusCode(), () -> operationId + ": " + answer.asString());
            JsonNode documented = resolve(operation.get("responses").path(Integer.toString(status)));
            assertTrue(documented.hasNonNull("description"), operationId + " " + status + " is not in the document");
            JsonNode content = documented.path("content");
            if (content.isMissingNode()) {
                assertEquals("", answer.asString());
                return;
            }
            String mediaType = answer.contentType().split(";")[0];
            assertTrue(content.has(mediaType) || content.has("*/*"), operationId + " " + status + ": " + mediaType);
            if (mediaType.endsWith("json")) {
                assertEquals(
                        List.of(),
                        broken(content.get(mediaType).get("schema"), answer.asString()),
                        () -> operationId + ": " + answer.asString());
            }
        }

        private JsonNode resolve(JsonNode node) {
            return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
        }

        private List<String> broken(JsonNode schema, String json) {
            ObjectNode root = JSON.createObjectNode();
            root.set("components", document.get("components"));
            root.setAll((ObjectNode) schema.deepCopy());
            Schema checked = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(root.toString(), InputFormat.JSON);
            return checked.validate(json, InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    private String artifact(String type, String name, String more) {
        return """
                {"key":"dag/%1$s/task/-1/1/%2$s/%3$s/AAPL","type":"%2$s","name":"%3$s","symbol":"AAPL","dag_id":"dag",
                 "execution_id":"%1$s","task_id":"task","map_index":-1,"try_number":1,"origin":"replayed"%4$s}""".formatted(run, type, name, more);
    }

    @Test
    void everyOperationAnswersAsDescribed() throws Exception {
        Client client = new Client();
        String worker = TokenHome.WORKER;
        String viewer = TokenHome.VIEWER;
        String bars = artifact("market_data", "daily_bars", """
                ,"data":{"columns":["date","open","high","low","close","volume"],"rows":[["2012-09-19",1,2,0.5,1.5,10]]}""");
        String id = client.call(201, worker, "createArtifact", bars, "").path("id");
        client.call(200, worker, "putArtifact", bars, "", id);
        String task = artifact("task_result", "deliver_artifacts", ",\"data\":{\"outcome\":\"done\",\"seconds\":1.5}");
        client.call(201, worker, "createArtifact", task, "");
        client.call(409, worker, "putArtifact", bars.replace("1.5", "9"), "", id);
        client.call(422, worker, "createArtifact", "{\"type\":\"bars\"}", "");
        client.call(400, worker, "createArtifact", "{", "");
        client.call(403, viewer, "createArtifact", bars, "");
        client.call(200, worker, "patchArtifact", "{\"metadata\":{\"a\":1},\"run_id\":\"m\"}", "", id);
        client.call(422, worker, "patchArtifact", "{\"data\":{}}", "", id);
        client.call(200, viewer, "getArtifact", "", "", id);
        client.call(401, "wrong", "getArtifact", "", "", id);
        client.call(404, viewer, "getArtifact", "", "", UUID.randomUUID());
        client.call(200, viewer, "listArtifacts", "", "?count=exact&group_by=execution_id&execution_id=" + run);
        client.call(200, viewer, "listArtifacts", "", "?fields=type,blob&limit=1");
        client.call(200, viewer, "listArtifacts", "", "?q=AAPL&type=signal");
        client.call(400, viewer, "listArtifacts", "", "?sort=odd");
        client.call(404, viewer, "getArtifactContent", "", "", id);
        client.call(200, viewer, "downloadArtifact", "", "", id);
        client.call(200, viewer, "getMarketData", "", "?limit=1", id);
        client.call(200, viewer, "getLineage", "", "?direction=both", id);
        client.call(404, viewer, "getLineage", "", "", UUID.randomUUID());
        client.call(200, viewer, "getSummary", "", "");
        client.call(200, viewer, "listExecutions", "", "?state=success&dag_id=dag");
        JsonNode runs = JSON.readTree(client.call(200, viewer, "listExecutions", "", "?limit=500&dag_id=dag")
                .asString());
        String execution = runs.at("/executions")
                .valueStream()
                .filter(one -> one.path("run_id").asText().equals(run))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        client.call(200, viewer, "getExecution", "", "", execution);
        client.call(200, viewer, "getExecutionGraph", "", "", execution);
        client.call(200, TokenHome.WORKER, "createArtifacts", "{\"artifacts\": [{}]}", "");
        client.call(422, TokenHome.WORKER, "createArtifacts", "{\"artifacts\": []}", "");
        client.call(400, viewer, "listen", "", "?kind=odd");
        evidence(client, execution);
        tokens(client);
        client.call(204, TokenHome.OPERATOR, "deleteArtifact", "", "", id);
        client.call(410, viewer, "getArtifact", "", "", id);
        orders(client);
        assertEquals(allOperations(client.document), client.called);
    }

    private static void evidence(Client client, String execution) throws Exception {
        String viewer = TokenHome.VIEWER;
        String operator = TokenHome.OPERATOR;
        client.call(200, viewer, "verifyExecution", "", "", execution);
        client.call(404, viewer, "verifyExecution", "", "", UUID.randomUUID());
        client.call(200, viewer, "verifyStore", "", "?limit=5");
        client.call(422, viewer, "verifyStore", "", "?limit=0");
        client.call(403, viewer, "placeHold", "{\"reason\":\"audit\"}", "", execution);
        client.call(422, operator, "placeHold", "{}", "", execution);
        client.call(200, operator, "placeHold", "{\"reason\":\"audit\"}", "", execution);
        client.call(200, viewer, "getHold", "", "", execution);
        client.call(200, operator, "getRetention", "", "");
        client.call(200, operator, "runRetention", "", "?dry_run=true");
        client.call(204, operator, "liftHold", "", "", execution);
        client.call(404, viewer, "getHold", "", "", execution);
    }

    private static void tokens(Client client) throws Exception {
        String operator = TokenHome.OPERATOR;
        String wish = "{\"name\":\"openapi-" + UUID.randomUUID() + "\",\"role\":\"viewer\"}";
        String id = client.call(201, operator, "createToken", wish, "").path("id");
        client.call(409, operator, "createToken", wish, "");
        client.call(422, operator, "createToken", "{}", "");
        client.call(403, TokenHome.VIEWER, "listTokens", "", "");
        client.call(200, operator, "listTokens", "", "");
        client.call(204, operator, "revokeToken", "", "", id);
        client.call(404, operator, "revokeToken", "", "", id);
    }

    private static void orders(Client client) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(SLOT.getBytes(StandardCharsets.UTF_8));
        String slot = HexFormat.of().formatHex(hash);
        String intent = ((ObjectNode) JSON.readTree(example("order-intent")))
                .put("slot", SLOT)
                .put("order_ref", "sw1-" + base32(hash).substring(0, 24))
                .toString();
        client.call(422, TokenHome.WORKER, "putOrderIntent", "{}", "", slot);
        client.call(404, TokenHome.VIEWER, "getOrderIntent", "", "", slot);
        client.call(201, TokenHome.WORKER, "putOrderIntent", intent, "", slot);
        client.call(200, TokenHome.WORKER, "putOrderIntent", intent, "", slot);
        client.call(200, TokenHome.VIEWER, "getOrderIntent", "", "", slot);
        client.call(200, TokenHome.WORKER, "claimOrderIntent", "{\"claimant\":\"one\"}", "", slot);
        client.call(409, TokenHome.WORKER, "claimOrderIntent", "{\"claimant\":\"two\"}", "", slot);
        client.call(200, TokenHome.WORKER, "reportOrderIntent", "{\"state\":\"placed\",\"perm_id\":7}", "", slot);
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        BigInteger number = new BigInteger(1, bytes).shiftLeft(4);
        for (int shift = 255; shift >= 0; shift -= 5) {
            text.append("abcdefghijklmnopqrstuvwxyz234567"
                    .charAt(number.shiftRight(shift).intValue() & 31));
        }
        return text.toString();
    }

    private static TreeSet<String> allOperations(JsonNode document) {
        Collection<String> ids = new ArrayList<>();
        document.get("paths")
                .forEach(path -> METHODS.stream()
                        .filter(path::has)
                        .forEach(method ->
                                ids.add(path.get(method).get("operationId").asText())));
        return new TreeSet<>(ids);
    }
}
