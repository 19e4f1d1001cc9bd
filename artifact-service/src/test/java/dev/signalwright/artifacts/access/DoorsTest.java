package dev.signalwright.artifacts.access;

import static dev.signalwright.artifacts.access.RawHttp.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalwright.artifacts.access.RawHttp.Answer;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doors let through. Speaks raw HTTP, because clients tidy up the very addresses that matter here. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class DoorsTest {
    @TestHTTPResource("/")
    URI service;

    private Answer ask(String method, String target, String... headers) throws IOException {
        return new RawHttp(service).ask(method, target, headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/executions",
                "/artifacts",
                "/artifacts/x",
                "/api/artifacts",
                "/api/artifacts/",
                "/api/artifacts/x",
                "/api/artifacts/x/content",
                "/api/artifacts/x/market-data",
                "/api/executions",
                "/api/executions/x",
                "/api/order-intents/x",
                "/q/metrics",
                "/q/openapi",
                "/q/health",
                "/q/health/started",
                "/logout",
                "/api/artifacts;x",
                "/api/artifacts%3Bx",
                "/api;x/artifacts",
                "/api%2Fartifacts",
                "//api/artifacts",
                "///api//artifacts",
                "/api/./artifacts",
                "/login/../api/artifacts",
                "/login%2F..%2Fapi/artifacts",
                "/static/../api/artifacts",
                "/static/%2e%2e/api/artifacts",
                "/static/..%2fapi/artifacts",
                "/static;x/../api/artifacts",
                "/static/..;/api/artifacts",
                "/API/artifacts",
                "/Api/Artifacts",
                "/api/artifacts.",
                "/api%5Cartifacts",
                "/q/health/live/../../metrics",
                "/q/health/live;x/../../metrics",
                "/q/Metrics",
                "/nothing/here"
            })
    void nothingBehindTheDoorWithoutAToken(String target) throws IOException {
        Answer answer = ask("GET", target);
        boolean nothingThere = answer.status() == 404 && !answer.body().contains("artifacts\"");
        assertTrue(answer.status() == 401 || answer.status() == 400 || nothingThere, target + " -> " + answer);
        if (!target.contains("static") && answer.status() != 400) {
            assertEquals(401, answer.status(), target);
        }
    }

    /** Every endpoint of the code, found in the code: one that is added tomorrow is asked too. */
    @Test
    void everyEndpointIsClosedWithoutATokenHoweverItsAddressIsBent() throws IOException {
        List<String> open = new ArrayList<>();
        for (Endpoints.Endpoint endpoint : Endpoints.all()) {
            for (String target : Bends.of(endpoint.target())) {
                Answer answer = ask(endpoint.method(), target, "Content-Length: 0");
                boolean closed = answer.status() == 401 || answer.status() == 400 || answer.status() == 404;
                if (!endpoint.isForEverybody() && (!closed || answer.body().contains("\"artifacts\""))) {
                    open.add(endpoint.method() + " " + target + " -> " + answer.status());
                }
                if (!endpoint.isForEverybody() && target.equals(endpoint.target()) && answer.status() != 401) {
                    open.add(endpoint.method() + " " + target + " as it is -> " + answer.status());
                }
            }
        }
        assertEquals(List.of(), open);
    }

    /** The role stands on the method, so an address that still leads there still asks for it. */
    @Test
    void everyEndpointOfAHigherRoleIsClosedToAViewerHoweverItsAddressIsBent() throws IOException {
        List<String> open = new ArrayList<>();
        for (Endpoints.Endpoint endpoint : Endpoints.all()) {
            if (endpoint.roles().contains("viewer") || endpoint.isForEverybody()) {
                continue;
            }
            for (String target : Bends.of(endpoint.target())) {
                String[] headers = {
                    bearer(TokenHome.VIEWER), "Content-Length: 2", "Content-Type: " + endpoint.consumes()
                };
                int status = new RawHttp(service)
                        .send(endpoint.method(), target, "{}", headers)
                        .status();
                // 404, 405 and 400: the bent address leads nowhere.
                if (status != 403 && status != 404 && status != 405 && status != 400) {
                    open.add(endpoint.method() + " " + target + " -> " + status);
                }
                if (target.equals(endpoint.target()) && status != 403) {
                    open.add(endpoint.method() + " " + target + " as it is -> " + status);
                }
            }
        }
        assertEquals(List.of(), open);
    }

    @Test
    void everyEndpointSaysWhoMayUseIt() {
        List<String> silent = Endpoints.all().stream()
                .filter(endpoint -> endpoint.roles().isEmpty() && !endpoint.isForEverybody())
                .map(Endpoints.Endpoint::toString)
                .toList();
        assertEquals(List.of(), silent);
        assertTrue(Endpoints.all().size() > 20, () -> Endpoints.all().toString());
        assertEquals(
                Set.of("GET /login", "POST /login"),
                Endpoints.all().stream()
                        .filter(Endpoints.Endpoint::isForEverybody)
                        .map(endpoint -> endpoint.method() + " " + endpoint.target())
                        .collect(Collectors.toSet()));
    }

    /** Walks what the service says about itself, so that what a library adds is asked too. */
    @Test
    void everyRouteInTheOpenApiDocumentIsClosedWithoutAToken() throws IOException {
        Answer answer = ask("GET", "/q/openapi?format=json", bearer(TokenHome.OPERATOR), "Accept: application/json");
        JsonNode paths = new ObjectMapper().readTree(answer.body()).path("paths");
        assertTrue(paths.size() > 8, answer.body());
        List<String> open = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            String target = path.getKey().replaceAll("\\{[^}]*}", Endpoints.ANY_ID);
            for (String method : List.of("get", "put", "post", "patch", "delete")) {
                boolean known = path.getValue().has(method) && !target.equals("/login");
                if (known
                        && ask(method.toUpperCase(Locale.ROOT), target, "Content-Length: 0")
                                        .status()
                                != 401) {
                    open.add(method + " " + target);
                }
            }
        }
        assertEquals(List.of(), open);
    }

    @Test
    void afterTheTricksEverybodyElseIsServedAsBefore() throws IOException {
        for (String trick : Bends.of("/static/look.css")) {
            ask("GET", trick);
        }
        ask("GET", "/static/foo%2F..%2Flook.css");
        Answer sheet = ask("GET", "/static/look.css");
        assertEquals(200, sheet.status());
        assertTrue(sheet.header("Content-Type").contains("css"), sheet.head());
    }

    @Test
    void aWrongTokenIsNoToken() throws IOException {
        assertEquals(401, ask("GET", "/api/artifacts", bearer("wrong")).status());
        assertEquals(
                401,
                ask("GET", "/api/artifacts", "Authorization: Basic bm9ib2R5").status());
        assertEquals(
                401, ask("GET", "/api/artifacts", "Authorization: Negotiate x").status());
        assertEquals(
                401,
                ask("GET", "/api/artifacts", "Cookie: signalwright_session=abc.def")
                        .status());
    }

    @Test
    void programsAreToldWhatToSendAndPeopleWhereToLogIn() throws IOException {
        Answer program = ask("GET", "/api/artifacts");
        assertTrue(program.body().contains("not-authenticated"), program.body());
        assertTrue(program.head().contains("application/problem+json"), program.head());
        Answer person = ask("GET", "/artifacts?type=chart", "Accept: text/html");
        assertEquals(303, person.status());
        assertTrue(person.head().contains("ocation: /login?to=%2Fartifacts%3Ftype%3Dchart"), person.head());
    }

    @Test
    void aTokenMayTravelAsBearerOrAsPassword() throws IOException {
        assertEquals(200, ask("GET", "/api/artifacts", bearer(TokenHome.VIEWER)).status());
        String pair =
                Base64.getEncoder().encodeToString(("mlflow:" + TokenHome.WORKER).getBytes(StandardCharsets.UTF_8));
        assertEquals(
                200,
                ask("GET", "/api/artifacts", "Authorization: Basic " + pair).status());
        assertEquals(200, ask("GET", "/q/metrics", bearer(TokenHome.VIEWER)).status());
    }

    @Test
    void aRoleReachesNoFurtherThanItself() throws IOException {
        String artifact = "/api/artifacts/00000000-0000-0000-0000-000000000000";
        assertEquals(403, ask("DELETE", artifact, bearer(TokenHome.WORKER)).status());
        assertEquals(404, ask("DELETE", artifact, bearer(TokenHome.OPERATOR)).status());
        String[] write = {bearer(TokenHome.VIEWER), "Content-Type: application/json", "Content-Length: 0"};
        assertEquals(403, ask("POST", "/api/artifacts", write).status());
    }

    @Test
    void aForeignHostNameIsRefused() throws IOException {
        assertEquals(421, ask("GET", "/login", "Host: evil.example").status());
        assertEquals(200, ask("GET", "/login", "Host: 127.0.0.1:1234").status());
    }

    @Test
    void aWriteFromAnotherSiteIsRefused() throws IOException {
        String[] form = {"Content-Type: application/x-www-form-urlencoded", "Content-Length: 0"};
        assertEquals(
                403,
                ask("POST", "/login", form[0], form[1], "Sec-Fetch-Site: cross-site")
                        .status());
        assertEquals(
                403,
                ask("POST", "/login", form[0], form[1], "Origin: http://evil.example")
                        .status());
        assertEquals(
                403, ask("POST", "/login", form[0], form[1], "Origin: null").status());
    }

    /** What a page of another site can send without asking first: forms and plain text. */
    @Test
    void aPageOfAnotherSiteIsPromisedNothingAndJsonInDisguiseIsNotRead() throws IOException {
        String foreign = "Origin: http://evil.example";
        String[] preflight = {
            foreign, "Access-Control-Request-Method: DELETE", "Access-Control-Request-Headers: authorization"
        };
        for (Answer answer : List.of(
                ask("OPTIONS", "/api/artifacts", preflight),
                ask("GET", "/api/artifacts", foreign, bearer(TokenHome.VIEWER)),
                ask("GET", "/login", foreign))) {
            assertFalse(answer.head().toLowerCase(Locale.ROOT).contains("access-control-"), answer.head());
        }
        String json = "{\"name\":\"n\",\"type\":\"llm\"}";
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
            int status = new RawHttp(service)
                    .send(
                            "POST",
                            "/api/artifacts",
                            json,
                            bearer(TokenHome.WORKER),
                            "Content-Type: " + type,
                            "Content-Length: " + json.length())
                    .status();
            assertEquals(415, status, type);
        }
    }

    @Test
    void healthIsOpenAndTheLoginPageIsProtectedByHeaders() throws IOException {
        assertEquals(200, ask("GET", "/q/health/live").status());
        assertEquals(200, ask("GET", "/q/health/ready").status());
        String head = ask("GET", "/login").head().toLowerCase(Locale.ROOT);
        assertEquals(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                        + "connect-src 'self'; form-action 'self'; base-uri 'none'; "
                        + "frame-ancestors 'self' https://airflow.example:8080",
                ask("GET", "/login").header("Content-Security-Policy"));
        for (String header :
                List.of("x-content-type-options: nosniff", "cache-control: no-store", "referrer-policy: same-origin")) {
            assertTrue(head.contains(header), header + " is missing in " + head);
        }
    }
}
