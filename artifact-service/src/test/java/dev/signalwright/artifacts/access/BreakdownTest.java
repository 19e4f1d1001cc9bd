package dev.signalwright.artifacts.access;

import static dev.signalwright.artifacts.access.RawHttp.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.RawHttp.Answer;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every endpoint with the tables gone from under it: a bug in its purest form. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class BreakdownTest {
    private static final List<String> TABLES =
            List.of("artifact", "execution", "order_intent", "change", "access_token", "seal", "hold");
    private static final List<String> INSIDE =
            List.of("Exception", "\tat ", "dev.signalwright.artifacts", "org.", "java.", "relation", "select ", "SQL");
    private static final Pattern ERROR_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @TestHTTPResource("/")
    URI service;

    @Inject
    DataSource database;

    @BeforeEach
    void takeTheTablesAway() throws SQLException {
        rename("%1$s", "%1$s_away");
    }

    @AfterEach
    void giveThemBack() throws SQLException {
        rename("%1$s_away", "%1$s");
    }

    private void rename(String from, String to) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(
                        "alter table if exists " + from.formatted(table) + " rename to " + to.formatted(table));
            }
        }
    }

    @Test
    void anEndpointThatFailsTellsAnErrorIdAndNothingElse() throws IOException {
        List<String> leaks = new ArrayList<>();
        int failed = 0;
        for (Endpoints.Endpoint endpoint : Endpoints.all()) {
            for (String accept : List.of("application/json", "text/html")) {
                Answer answer = new RawHttp(service)
                        .send(
                                endpoint.method(),
                                endpoint.target(),
                                body(endpoint),
                                bearer(TokenHome.OPERATOR),
                                "Accept: " + accept,
                                "Content-Type: " + endpoint.consumes(),
                                "Content-Length: " + body(endpoint).length());
                if (answer.status() < 500) {
                    continue;
                }
                failed++;
                boolean told = ERROR_ID.matcher(answer.body()).find();
                boolean more = INSIDE.stream().anyMatch(answer.body()::contains);
                if (!told || more) {
                    leaks.add(endpoint.method() + " " + endpoint.target() + " -> " + answer.status() + answer.body());
                }
            }
        }
        assertEquals(List.of(), leaks);
        assertTrue(failed > 20, "failed: " + failed);
    }

    /** The driver would write the values of the statement into its error: a megabyte of somebody's prompt. */
    @Test
    void whatCannotBeStoredIsNotWrittenIntoTheLogInstead() throws IOException {
        String prompt = "prompt-" + UUID.randomUUID();
        String json = "{\"name\":\"n\",\"type\":\"llm\",\"prompt\":\"" + prompt + "\"}";
        try (Eavesdropper log = new Eavesdropper(Level.INFO)) {
            Answer answer = new RawHttp(service)
                    .send(
                            "POST",
                            "/api/artifacts",
                            json,
                            bearer(TokenHome.WORKER),
                            "Content-Type: application/json",
                            "Content-Length: " + json.length());
            assertEquals(500, answer.status());
            assertEquals(1, log.linesWith("Bug ").size());
            assertEquals(List.of(), log.linesWith(prompt));
        }
    }

    private static String body(Endpoints.Endpoint endpoint) {
        return switch (endpoint.target()) {
            case "/api/artifacts" -> "{\"name\":\"n\",\"type\":\"llm\"}";
            case "/api/tokens" -> "{\"name\":\"n\",\"role\":\"viewer\"}";
            default -> "{}";
        };
    }
}
