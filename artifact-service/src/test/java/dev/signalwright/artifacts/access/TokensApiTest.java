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
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Tokens over HTTP and in the database, and the sessions they open. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class TokensApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/")
    URI service;

    @Inject
    DataSource database;

    @Inject
    AccessTokens tokens;

    @Inject
    Clock clock;

    private final String name = "t-" + UUID.randomUUID();

    private Answer send(String method, String target, String token, String json) throws IOException {
        return new RawHttp(service)
                .send(
                        method,
                        target,
                        json,
                        bearer(token),
                        "Content-Type: application/json",
                        "Content-Length: " + json.length());
    }

    private JsonNode make(String role, String more) throws IOException {
        Answer answer = send(
                "POST",
                "/api/tokens",
                TokenHome.OPERATOR,
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"" + more + "}");
        assertEquals(201, answer.status(), answer.body());
        return JSON.readTree(answer.body().strip());
    }

    private Answer read(String token) throws IOException {
        return new RawHttp(service).ask("GET", "/api/artifacts?limit=1", bearer(token));
    }

    private String logIn(String token) throws IOException {
        String form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        Answer answer = new RawHttp(service)
                .send(
                        "POST",
                        "/login",
                        form,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length());
        assertEquals(303, answer.status(), answer.body());
        return answer.header("Set-Cookie");
    }

    @Test
    void aTokenIsShownOnceAndWorksAtOnceWithItsRole() throws IOException {
        JsonNode made = make("viewer", "");
        String text = made.path("token").asText();
        assertTrue(text.startsWith("swt_") && text.length() >= 47, "256 random bits: " + text.length());
        assertEquals("operator", made.path("created_by").asText());
        assertEquals(200, read(text).status());
        assertEquals(403, send("POST", "/api/artifacts", text, "{}").status());
        Answer list = new RawHttp(service).ask("GET", "/api/tokens", bearer(TokenHome.OPERATOR));
        assertTrue(list.body().contains(name), list.body());
        assertFalse(list.body().contains(text), "the list shows a token");
    }

    @Test
    void theDatabaseHoldsTheHashAloneAndNoTokenText() throws Exception {
        String text = make("viewer", "").path("token").asText();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select t::text, t.sha256 from access_token t where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                assertTrue(row.next());
                assertFalse(row.getString(1).contains(text));
                assertEquals(Hashes.sha256Hex(text), row.getString(2));
            }
        }
    }

    @Test
    void revokingEndsTheTokenAndItsSessionsAtOnce() throws IOException {
        JsonNode made = make("viewer", "");
        String cookie = logIn(made.path("token").asText()).split(";", 2)[0];
        assertEquals(
                200,
                new RawHttp(service)
                        .ask("GET", "/api/artifacts", "Cookie: " + cookie)
                        .status());

        String target = "/api/tokens/" + made.path("id").asText();
        assertEquals(204, send("DELETE", target, TokenHome.OPERATOR, "").status());

        assertEquals(401, read(made.path("token").asText()).status());
        assertEquals(
                401,
                new RawHttp(service)
                        .ask("GET", "/api/artifacts", "Cookie: " + cookie)
                        .status());
        assertEquals(404, send("DELETE", target, TokenHome.OPERATOR, "").status(), "it is gone already");
    }

    /** Another replica writes to the table only; this one notices by itself within the stated time. */
    @Test
    void whatAnotherReplicaRevokedIsRefusedWithinTheStatedTime() throws Exception {
        JsonNode made = make("viewer", "");
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update access_token set revoked_at = now(), revoked_by = 'other' where name = ?")) {
            update.setString(1, name);
            update.executeUpdate();
        }
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (read(made.path("token").asText()).status() != 401) {
            assertTrue(System.nanoTime() < end, "still good after three times the stated time");
        }
    }

    @Test
    void aNameIsGivenOnceAndMayBeGivenAgainAfterRevocation() throws IOException {
        String wish = "{\"name\":\"" + name + "\",\"role\":\"worker\"}";
        JsonNode first = make("worker", "");
        Answer second = send("POST", "/api/tokens", TokenHome.OPERATOR, wish);
        assertEquals(409, second.status());
        assertTrue(second.body().contains("token-name-taken"), second.body());
        send("DELETE", "/api/tokens/" + first.path("id").asText(), TokenHome.OPERATOR, "");
        assertEquals(201, send("POST", "/api/tokens", TokenHome.OPERATOR, wish).status());
    }

    @Test
    void everyRuleOfANewTokenIsNamed() throws IOException {
        for (String[] wrong : new String[][] {
            {"{\"name\":\"Up\",\"role\":\"viewer\"}", "`name`"},
            {"{\"name\":\"viewer\",\"role\":\"viewer\"}", "`name`"},
            {"{\"name\":\"../x\",\"role\":\"viewer\"}", "`name`"},
            {"{\"name\":\"" + name + "\",\"role\":\"root\"}", "`role`"},
            {"{\"name\":\"" + name + "\",\"role\":\"viewer\",\"expires_in\":\"soon\"}", "`expires_in`"},
            {"{\"name\":\"" + name + "\",\"role\":\"viewer\",\"expires_in\":\"-P1D\"}", "`expires_in`"},
            {"{\"name\":\"" + name + "\",\"role\":\"viewer\",\"token\":\"mine\"}", "`token`"},
        }) {
            Answer answer = send("POST", "/api/tokens", TokenHome.OPERATOR, wrong[0]);
            assertEquals(422, answer.status(), wrong[0]);
            assertTrue(answer.body().contains(wrong[1]), answer.body());
        }
        for (String garbled : new String[] {"", "[]", "{", "{\"name\":1,\"name\":2}", "{} {}", "null"}) {
            assertEquals(
                    400,
                    send("POST", "/api/tokens", TokenHome.OPERATOR, garbled).status(),
                    garbled);
        }
    }

    @Test
    void anExpiryIsKept() throws IOException {
        JsonNode made = make("viewer", ",\"expires_in\":\"P90D\"");
        Duration lasts = Duration.between(
                Instant.parse(made.path("created_at").asText()),
                Instant.parse(made.path("expires_at").asText()));
        assertEquals(Duration.ofDays(90), lasts);
    }

    @Test
    void lastUseIsWrittenByTheRefreshAndNotByTheRequest() throws Exception {
        JsonNode made = make("viewer", "");
        read(made.path("token").asText());
        tokens.refresh();
        tokens.refresh(); // the second sees what the first wrote
        Optional<Instant> used = tokens.list().stream()
                .filter(token -> token.name().equals(name))
                .findFirst()
                .orElseThrow()
                .lastUsedAt();
        assertTrue(used.isPresent());
        read(made.path("token").asText());
        tokens.refresh();
        assertEquals(
                used,
                tokens.list().stream()
                        .filter(token -> token.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .lastUsedAt(),
                "it is written about every five minutes only");
    }

    @Test
    void anotherContentOfATokenFileReplacesItsToken() throws Exception {
        String file = "file-" + UUID.randomUUID();
        AccessToken first = fromFile(file, "first-token-of-the-file-0123456789-01");
        TokenRepository repository = new TokenRepository(database);
        assertTrue(repository.keepFromFile(first));
        assertTrue(repository.keepFromFile(fromFile(file, "first-token-of-the-file-0123456789-01")));
        assertTrue(repository.keepFromFile(fromFile(file, "second-token-of-the-file-0123456789-0")));
        var active = repository.active().stream()
                .filter(token -> token.name().equals(file))
                .toList();
        assertEquals(1, active.size());
        assertEquals(
                Hashes.sha256Hex("second-token-of-the-file-0123456789-0"),
                active.getFirst().sha256());
        repository.revoke(active.getFirst().id(), clock.instant(), "test");
        assertFalse(
                repository.keepFromFile(fromFile(file, "second-token-of-the-file-0123456789-0")),
                "a revoked token does not come back with a restart");
        // Leaves nothing behind in the hash that other runs of this test use.
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from access_token where name = ?")) {
            delete.setString(1, file);
            delete.executeUpdate();
        }
    }

    private AccessToken fromFile(String file, String text) {
        return new AccessToken(
                UUID.randomUUID(),
                file,
                "viewer",
                Hashes.sha256Hex(text),
                true,
                clock.instant(),
                "file",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theSessionCookieIsOfNoUseToAnybodyElse() throws IOException {
        String cookie = logIn(TokenHome.VIEWER);
        for (String flag : new String[] {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"}) {
            assertTrue(cookie.replace("\"", "").toLowerCase().contains(flag.toLowerCase()), flag + " in " + cookie);
        }
        assertFalse(cookie.contains(TokenHome.VIEWER));
        String secure = secureLogIn();
        assertTrue(secure.startsWith("__Host-signalwright_session="), secure);
        assertTrue(secure.contains("Secure") && !secure.contains("Domain"), secure);
    }

    /** Over TLS, as the proxy in front says. */
    private String secureLogIn() throws IOException {
        String form = "token=" + TokenHome.VIEWER;
        return new RawHttp(service, TokenHome.PROXY)
                .send(
                        "POST",
                        "/login",
                        form,
                        "X-Forwarded-Proto: https",
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length())
                .header("Set-Cookie");
    }

    @Test
    void aSessionThatWasPlantedIsNeitherUsedNorLeftAliveByALogin() throws IOException {
        String planted = logIn(TokenHome.VIEWER).split(";", 2)[0];
        String form = "token=" + TokenHome.OPERATOR;
        Answer answer = new RawHttp(service)
                .send(
                        "POST",
                        "/login",
                        form,
                        "Cookie: " + planted,
                        "Origin: http://localhost:" + service.getPort(),
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + form.length());
        assertEquals(303, answer.status());
        assertFalse(answer.header("Set-Cookie").startsWith(planted));
        assertEquals(
                401,
                new RawHttp(service)
                        .ask("GET", "/api/artifacts", "Cookie: " + planted)
                        .status());
    }

    @Test
    void aChangeByASessionMustShowThatItComesFromAPageOfOurs() throws IOException {
        String cookie = "Cookie: " + logIn(TokenHome.OPERATOR).split(";", 2)[0];
        String target = "/api/artifacts/" + Endpoints.ANY_ID;
        RawHttp http = new RawHttp(service);
        assertEquals(403, http.ask("DELETE", target, cookie).status(), "no word about the page");
        assertEquals(
                403,
                http.ask("DELETE", target, cookie, "Sec-Fetch-Site: cross-site").status());
        assertEquals(
                403,
                http.ask("DELETE", target, cookie, "Sec-Fetch-Site: same-site").status());
        assertEquals(
                403,
                http.ask("DELETE", target, cookie, "Origin: http://localhost:1").status());
        String ours = "Origin: http://localhost:" + service.getPort();
        assertEquals(404, http.ask("DELETE", target, cookie, ours).status());
        assertEquals(200, http.ask("GET", "/api/artifacts", cookie).status(), "reading is no change");
        assertEquals(
                403, http.ask("POST", "/logout", cookie, "Content-Length: 0").status());
    }

    @Test
    void aLogoutIsKeptForOtherReplicas() throws Exception {
        String cookie = "Cookie: " + logIn(TokenHome.VIEWER).split(";", 2)[0];
        String ours = "Origin: http://localhost:" + service.getPort();
        int before = new TokenRepository(database).endedSessions().size();
        assertEquals(
                303,
                new RawHttp(service)
                        .ask("POST", "/logout", cookie, ours, "Content-Length: 0")
                        .status());
        assertTrue(new TokenRepository(database).endedSessions().size() > before);
        assertEquals(
                401, new RawHttp(service).ask("GET", "/api/artifacts", cookie).status());
    }
}
