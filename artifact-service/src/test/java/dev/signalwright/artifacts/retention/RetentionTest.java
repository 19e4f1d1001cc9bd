package dev.signalwright.artifacts.retention;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.artifact.ArtifactRetirement;
import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.platform.Turn;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes with age and what stays, on a real PostgreSQL. The clock of the job stands where a test puts it. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class RetentionTest {
    @Inject
    RetentionRepository repository;

    @Inject
    ArtifactRetirement artifacts;

    @Inject
    Turn turn;

    @Inject
    EntityManager database;

    private final String run = "kept-" + UUID.randomUUID();
    private final UUID execution = NamedId.ofExecution("dag", run);

    private Retention retention(String rules, int daysLater) {
        RetentionConfig config = new RetentionConfig() {
            @Override
            public Optional<String> rules() {
                return Optional.of(rules);
            }

            @Override
            public String every() {
                return "off";
            }
        };
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(daysLater));
        return new Retention(config, repository, artifacts, turn, later, new SimpleMeterRegistry());
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private UUID store(String type, String more) {
        String key = "dag/" + run + "/task/-1/1/" + type + "/n/AAPL";
        UUID id = NamedId.ofKey(key);
        as(TokenHome.WORKER)
                .body("{\"key\":\"" + key + "\",\"origin\":\"replayed\"" + more + "}")
                .put("/api/artifacts/" + id)
                .then()
                .statusCode(201);
        return id;
    }

    private UUID storeLlm() {
        return store("llm", ",\"prompt\":\"p\"");
    }

    private static int status(UUID id) {
        return as(TokenHome.VIEWER).get("/api/artifacts/" + id).statusCode();
    }

    private long count(String sql, UUID id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((Number) database.createNativeQuery(sql)
                                .setParameter("id", id)
                                .getSingleResult())
                        .longValue());
    }

    @Test
    void oldContentGoesAndItsHashItsEdgesAndItsChildStay() {
        UUID llm = storeLlm();
        UUID signal = store(
                "signal",
                ",\"action\":\"BUY\",\"confidence\":0.5,\"signal_data\":{\"outcome\":\"DECIDED\"},\"parents\":[\"" + llm
                        + "\"]");
        assertTrue(retention("llm=P30D", 31).run("tester").artifacts() >= 1);
        assertEquals(410, status(llm));
        as(TokenHome.VIEWER)
                .get("/api/artifacts/" + signal)
                .then()
                .statusCode(200)
                .body("parents[0]", equalTo(llm.toString()));
        assertEquals(1, count("select count(*) from artifact where id = :id and content_sha256 is not null", llm));
        assertEquals(1, count("select count(*) from artifact_parent where parent_id = :id", llm));
        assertEquals(
                1, count("select count(*) from change where artifact_id = :id and kind = 'artifact.deleted'", llm));
    }

    @Test
    void whatIsYoungerOrOfAnotherTypeStays() {
        UUID llm = storeLlm();
        UUID order = store("portfolio", ",\"data\":{}");
        retention("llm=P30D", 29).run("tester");
        retention("chart=P1D", 400).run("tester");
        assertEquals(200, status(llm));
        assertEquals(200, status(order));
    }

    @Test
    void withoutRulesNothingEverGoes() {
        UUID llm = storeLlm();
        assertEquals(0, retention("", 10_000).run("tester").artifacts());
        assertEquals(200, status(llm));
    }

    @Test
    void aDryRunNamesWhatWouldGoAndTakesNothing() {
        UUID llm = storeLlm();
        List<Retention.Due> due = retention("llm=P30D", 31).due();
        assertTrue(due.getFirst().artifacts() >= 1);
        assertTrue(due.getFirst().bytes() > 0);
        assertEquals(200, status(llm));
    }

    @Test
    void aRunOnHoldKeepsEverythingUntilTheHoldIsLifted() {
        UUID llm = storeLlm();
        as(TokenHome.OPERATOR)
                .body("{\"reason\":\"asked by the auditor\"}")
                .put("/api/executions/" + execution + "/hold")
                .then()
                .statusCode(200)
                .body("reason", equalTo("asked by the auditor"));
        assertTrue(retention("llm=P30D", 31).due().getFirst().held() >= 1);
        retention("llm=P30D", 31).run("tester");
        assertEquals(200, status(llm));
        as(TokenHome.OPERATOR)
                .delete("/api/artifacts/" + llm)
                .then()
                .statusCode(409)
                .body("type", containsString("on-hold"));
        as(TokenHome.OPERATOR)
                .delete("/api/executions/" + execution + "/hold")
                .then()
                .statusCode(204);
        retention("llm=P30D", 31).run("tester");
        assertEquals(410, status(llm));
    }

    @Test
    void onlyOperatorsHoldAndOnlyWithAReason() {
        storeLlm();
        String hold = "/api/executions/" + execution + "/hold";
        as(TokenHome.WORKER).body("{\"reason\":\"x\"}").put(hold).then().statusCode(403);
        as(TokenHome.WORKER).delete(hold).then().statusCode(403);
        as(TokenHome.VIEWER).get("/api/retention").then().statusCode(403);
        as(TokenHome.WORKER).post("/api/retention/run").then().statusCode(403);
        as(TokenHome.OPERATOR).body("{}").put(hold).then().statusCode(422);
        as(TokenHome.OPERATOR).get(hold).then().statusCode(404);
    }

    @Test
    void manyGoInBatchesAndTheRunIsWrittenDown() {
        for (int i = 0; i < 60; i++) {
            String key = "dag/" + run + "/task/-1/1/outcome/n" + i + "/AAPL";
            as(TokenHome.WORKER)
                    .body("{\"key\":\"" + key + "\",\"origin\":\"replayed\",\"data\":{}}")
                    .put("/api/artifacts/" + NamedId.ofKey(key))
                    .then()
                    .statusCode(201);
        }
        assertTrue(retention("outcome=P30D", 31).run("batch-tester").artifacts() >= 60);
        assertEquals(
                0, count("select count(*) from artifact where execution_uuid = :id and deleted_at is null", execution));
        as(TokenHome.OPERATOR).get("/api/retention").then().statusCode(200).body("runs.actor", hasItem("batch-tester"));
    }

    @Test
    void thePageSaysThatEverythingIsKept() {
        given().header("Authorization", "Bearer " + TokenHome.OPERATOR)
                .get("/retention")
                .then()
                .statusCode(200)
                .body(containsString("Everything is kept for ever"));
    }
}
