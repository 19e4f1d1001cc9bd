package dev.signalwright.artifacts.access;

import static dev.signalwright.artifacts.access.RawHttp.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.RawHttp.Answer;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Where a secret of the service could come out: its log, the arguments and environments of processes, files. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SecretsTest {
    @TestHTTPResource("/")
    URI service;

    @ConfigProperty(name = "signalwright.home")
    Path home;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String databaseUrl;

    @ConfigProperty(name = "quarkus.datasource.username")
    String databaseUser;

    @ConfigProperty(name = "quarkus.datasource.password")
    String databasePassword;

    private Answer ask(String method, String target, String body, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return new RawHttp(service).send(method, target, body, all.toArray(String[]::new));
    }

    @Test
    void noSecretIsLoggedWithEveryLoggerAtItsFinest() throws Exception {
        Map<String, String> secrets = new TreeMap<>(Map.of(
                "viewer's token",
                TokenHome.VIEWER,
                "worker's token",
                TokenHome.WORKER,
                "operator's token",
                TokenHome.OPERATOR,
                "a token as password",
                Base64.getEncoder().encodeToString(("x:" + TokenHome.WORKER).getBytes(StandardCharsets.UTF_8)),
                "a token that may be good elsewhere",
                "mistyped-" + UUID.randomUUID(),
                "database's password",
                databasePassword,
                "key of the sessions",
                Files.readString(home.resolve("session.key")).strip()));
        try (Eavesdropper log = new Eavesdropper(Level.ALL)) {
            secrets.putAll(useEverySecret(secrets));
            assertTrue(log.linesWith("").size() > 500, () -> "lines heard: " + log.linesWith(""));
            assertTrue(log.hears("org.hibernate.SQL"));
            secrets.forEach((name, secret) -> assertEquals(List.of(), log.linesWith(secret), name));
        }
    }

    /** Gives back the secrets that the service made meanwhile. */
    private Map<String, String> useEverySecret(Map<String, String> secrets) throws Exception {
        String json = "Content-Type: application/json";
        ask("GET", "/api/artifacts?limit=1", "", bearer(TokenHome.VIEWER));
        ask("GET", "/api/artifacts?limit=1", "", "Authorization: Basic " + secrets.get("a token as password"));
        ask("GET", "/api/artifacts?limit=1", "", bearer(secrets.get("a token that may be good elsewhere")));
        ask("POST", "/api/artifacts", "{\"name\":\"n\",\"type\":\"llm\"}", bearer(TokenHome.WORKER), json);
        ask("GET", "/api/nothing", "", bearer(TokenHome.OPERATOR));
        Answer made = ask(
                "POST",
                "/api/tokens",
                "{\"name\":\"t-" + UUID.randomUUID() + "\",\"role\":\"viewer\"}",
                bearer(TokenHome.OPERATOR),
                json);
        assertEquals(201, made.status(), made.body());
        String token = made.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
        String form = "Content-Type: application/x-www-form-urlencoded";
        String origin = "Sec-Fetch-Site: same-origin";
        ask("POST", "/login", "token=" + secrets.get("a token that may be good elsewhere"), form, origin);
        Answer entered = ask("POST", "/login", "token=" + token, form, origin);
        assertEquals(303, entered.status());
        String session = entered.header("Set-Cookie").replaceAll("^[^=]+=([^;]+);.*", "$1");
        assertEquals(
                200,
                ask("GET", "/executions", "", "Cookie: " + SignIn.COOKIE + "=" + session)
                        .status());
        ask("POST", "/logout", "", "Cookie: " + SignIn.COOKIE + "=" + session, origin);
        DriverManager.getConnection(databaseUrl, databaseUser, databasePassword).close();
        return Map.of("a new token", token, "a session", session, "its signature", session.replaceAll("^.*\\.", ""));
    }

    @Test
    void noProcessOfTheServiceShowsASecretInItsArgumentsOrEnvironment() throws IOException {
        List<String> shown = new ArrayList<>();
        int processes = 0;
        for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
            Path process = Path.of("/proc", Long.toString(child.pid()));
            String arguments = text(process.resolve("cmdline"));
            String environment = text(process.resolve("environ"));
            if (!arguments.contains("postgres")) {
                continue;
            }
            processes++;
            for (String secret : List.of(TokenHome.VIEWER, TokenHome.WORKER, TokenHome.OPERATOR, databasePassword)) {
                if (arguments.contains(secret) || environment.contains(secret)) {
                    shown.add(arguments);
                }
            }
            // This test's own environment stands for one with secrets in it.
            assertFalse(environment.contains("JAVA_HOME="), environment);
        }
        assertTrue(processes > 3, "processes of PostgreSQL: " + processes);
        assertEquals(List.of(), shown);
    }

    /** Empty for a process that has ended meanwhile. */
    private static String text(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    @Test
    void aCrashLeavesNoMemoryBehind() throws IOException {
        List<String> arguments = Files.readAllLines(Path.of("src/build/dist/service.args"));
        assertTrue(arguments.contains("-XX:-CreateCoredumpOnCrash"), arguments.toString());
        assertTrue(arguments.stream().noneMatch(argument -> argument.contains("HeapDump")), arguments.toString());
    }

    @Test
    void filesWithSecretsAreTheOwnersAlone() throws IOException {
        try (Stream<Path> tokens = Files.list(home.resolve("tokens"))) {
            for (Path file : Stream.concat(tokens, Stream.of(home.resolve("session.key")))
                    .toList()) {
                assertEquals("rw-------", permissions(file), file.toString());
            }
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
