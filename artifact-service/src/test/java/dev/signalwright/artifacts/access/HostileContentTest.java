package dev.signalwright.artifacts.access;

import static dev.signalwright.artifacts.access.RawHttp.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.access.RawHttp.Answer;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people, models and strangers write stays text, wherever it is shown. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class HostileContentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = """
            <script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)> "'><b onmouseover=alert(1)>
            [a](javascript:alert(1)) [b](data:text/html,x) ![c](https://evil.example/?d=1) <details open ontoggle=alert(1)>
            <!-- x --><iframe src=//evil.example></iframe> {frame.role} {#if true}yes{/if} </textarea></style></title>
            """;

    @TestHTTPResource("/")
    URI service;

    private Answer send(String method, String target, String body, String type) throws IOException {
        return new RawHttp(service)
                .send(
                        method,
                        target,
                        body,
                        bearer(TokenHome.OPERATOR),
                        "Content-Type: " + type,
                        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    }

    private String store(ObjectNode artifact) throws IOException {
        Answer answer = send("POST", "/api/artifacts", artifact.toString(), "application/json");
        assertEquals(201, answer.status(), answer.body());
        return JSON.readTree(answer.body().strip()).path("id").asText();
    }

    private Answer page(String target) throws IOException {
        return new RawHttp(service).ask("GET", target, bearer(TokenHome.VIEWER), "Accept: text/html, */*;q=0.5");
    }

    @Test
    void hostileTextIsShownAndDoesNothing() throws IOException {
        ObjectNode llm = JSON.createObjectNode()
                .put("type", "llm")
                .put("name", HOSTILE.strip().substring(0, 60))
                .put("prompt", HOSTILE)
                .put("response", HOSTILE)
                .put("dag_id", "<i>dag")
                .put("execution_id", "run-<script>" + UUID.randomUUID());
        llm.putObject("metadata").put("<script>key", HOSTILE);
        String id = store(llm);
        for (String target : List.of("/artifacts/" + id, "/artifacts", "/executions")) {
            Answer answer = page(target);
            assertEquals(200, answer.status(), target);
            String html = answer.body().toLowerCase(Locale.ROOT);
            for (String live : List.of(
                    "<script>",
                    "<img src=x",
                    "<svg/onload",
                    "<b onmouseover",
                    "href=\"javascript:",
                    "href=\"data:",
                    "<iframe",
                    "<details open ontoggle",
                    "src=\"https://evil.example",
                    "<i>dag")) {
                assertFalse(html.contains(live), live + " lives on " + target);
            }
            assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'; script-src 'self';"));
        }
        assertTrue(page("/artifacts/" + id).body().contains("{#if true}"), "an expression in data was evaluated");
    }

    @Test
    void rawBytesAreNeverAPage() throws IOException {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"artifact\"\r\nContent-Type: application/json\r\n\r\n"
                        + "{\"name\":\"n\",\"type\":\"task_result\"}\r\n--b\r\nContent-Disposition: form-data; name=\"content\";"
                        + " filename=\"x.html\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        + "<script>alert(1)</script>" + UUID.randomUUID() + "\r\n--b--\r\n";
        Answer stored = send("POST", "/api/artifacts", form, "multipart/form-data; boundary=b");
        assertEquals(201, stored.status(), stored.body());
        String id = JSON.readTree(stored.body().strip()).path("id").asText();
        Answer bytes = page("/api/artifacts/" + id + "/content");
        assertEquals(200, bytes.status());
        assertTrue(bytes.header("Content-Disposition").startsWith("attachment"), bytes.head());
        assertEquals("nosniff", bytes.header("X-Content-Type-Options"));
        // Of several policies a browser keeps all.
        assertTrue(bytes.head().contains("Content-Security-Policy: default-src 'none'; sandbox"), bytes.head());
        assertFalse(bytes.header("Content-Type").contains("html"), bytes.head());
    }

    @Test
    void sqlInAFilterIsText() throws IOException {
        // The word of its own: "or" is a word of the search language, so with it alone a search may well find
        // something.
        String sql =
                URLEncoder.encode("x' or '1'='1'; drop table artifact; --" + UUID.randomUUID(), StandardCharsets.UTF_8);
        String search =
                URLEncoder.encode(UUID.randomUUID() + "'; drop table artifact; select '1'='1", StandardCharsets.UTF_8);
        for (String name :
                List.of("name", "type", "symbol", "execution_id", "sort", "cursor", "limit", "group_by", "q")) {
            Answer answer = page("/api/artifacts?" + name + "=" + (name.equals("q") ? search : sql));
            boolean refused = answer.status() == 400 || answer.status() == 422;
            boolean nothingFound = answer.status() == 200 && answer.body().contains("\"artifacts\":[]");
            assertTrue(refused || nothingFound, name + " -> " + answer);
        }
        assertEquals(200, page("/api/artifacts?limit=1").status());
    }

    /** Every endpoint that takes an id, found in the code: one that is added tomorrow is asked too. */
    @Test
    void anIdThatIsAPathIsNoId() throws IOException {
        List<String> taken = new ArrayList<>();
        int asked = 0;
        for (Endpoints.Endpoint endpoint : Endpoints.all()) {
            if (!endpoint.target().contains(Endpoints.ANY_ID)) {
                continue;
            }
            for (String path : List.of(
                    "..%2f..%2fetc%2fpasswd",
                    "%2e%2e",
                    "..%5c..%5cx",
                    "%252e%252e%252f",
                    "file:%2f%2f%2fetc",
                    "%2fetc%2fpasswd",
                    "x%00y",
                    "..")) {
                String target = endpoint.target().replace(Endpoints.ANY_ID, path);
                Answer answer = send(endpoint.method(), target, "{}", endpoint.consumes());
                asked++;
                // A plain ".." is taken out of the address before anybody reads it, and leads to another endpoint.
                boolean leadsElsewhere = path.equals("..") || path.equals("%2e%2e");
                boolean refused = answer.status() >= 400 && answer.status() < 500;
                if (!(refused || leadsElsewhere && answer.status() < 500)
                        || answer.body().contains("root:")) {
                    taken.add(endpoint.method() + " " + target + " -> " + answer.status());
                }
            }
        }
        assertEquals(List.of(), taken);
        assertTrue(asked > 100, "asked " + asked);
    }

    @Test
    void aFilterFindsTheWholeNameAndNoPartOfIt() throws IOException {
        String dag = "dag_" + UUID.randomUUID().toString().replace("-", "");
        for (String name : List.of(dag + "_a", dag + "_ab", "_" + dag + "_a", dag.toUpperCase(Locale.ROOT) + "_A")) {
            store(JSON.createObjectNode()
                    .put("type", "llm")
                    .put("name", "n")
                    .put("symbol", name.substring(0, 5))
                    .put("dag_id", name)
                    .put("execution_id", name));
        }
        for (String filter : List.of("dag_id", "execution_id")) {
            assertEquals(1, found("/api/artifacts?" + filter + "=" + dag + "_a", "artifacts"), filter);
            for (String pattern :
                    List.of(dag, "%25", dag + "%25", dag + "__", "*", dag + "_a%20", "%20" + dag + "_a")) {
                assertEquals(0, found("/api/artifacts?" + filter + "=" + pattern, "artifacts"), filter + pattern);
            }
        }
        assertEquals(1, found("/api/executions?dag_id=" + dag + "_a", "executions"));
        assertEquals(0, found("/api/executions?dag_id=" + dag, "executions"));
    }

    private int found(String target, String member) throws IOException {
        Answer answer = page(target);
        assertEquals(200, answer.status(), target + answer.body());
        return JSON.readTree(answer.body().strip()).path(member).size();
    }

    @Test
    void aKeyIsAPlainNameOfItsOwnContent() throws IOException {
        String run = UUID.randomUUID().toString();
        String mine = "dag/" + run + "/task/-1/1/llm/n";
        String json = "{\"type\":\"llm\",\"name\":\"n\",\"response\":\"%s\",\"key\":\"%s\"}";
        assertEquals(201, keyed(json.formatted("first", mine)));
        // Whoever sends other bytes under a key that is taken changes nothing, and learns nothing but that it is.
        assertEquals(409, keyed(json.formatted("second", mine)));
        for (String key : List.of("*", "x".repeat(10_000), "dag/" + run + "/task/-1/1/llm/*", "%", mine + "/../x")) {
            int status = keyed(json.formatted("third", key));
            assertEquals(422, status, key.substring(0, Math.min(key.length(), 60)));
        }
        assertEquals(1, found("/api/artifacts?execution_id=" + run, "artifacts"));
    }

    private int keyed(String json) throws IOException {
        return send("POST", "/api/artifacts", json, "application/json").status();
    }

    @Test
    void errorsTellNothingOfTheInside() throws IOException {
        for (String target : List.of(
                "/api/artifacts/none",
                "/api/artifacts?limit=x",
                "/api/executions?cursor=%00",
                "/api/nothing",
                "/nothing")) {
            Answer answer = new RawHttp(service).ask("GET", target, bearer(TokenHome.OPERATOR));
            assertTrue(answer.status() >= 400 && answer.status() < 500, target + " -> " + answer.status());
            for (String inside : List.of("Exception", "\tat ", "dev.signalwright.artifacts", "org.", "select ")) {
                assertFalse(answer.body().contains(inside), inside + " in " + answer.body());
            }
        }
    }
}
