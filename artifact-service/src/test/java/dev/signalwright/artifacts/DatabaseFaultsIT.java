package dev.signalwright.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.identity.NamedId;
import dev.signalwright.artifacts.postgres.CommandDatabase;
import dev.signalwright.artifacts.testing.PackagedService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service while its real PostgreSQL is read-only, locked, full or slow. That it is gone, frozen or killed:
 * {@link PackagedServiceIT}; that it is not there at the start: {@link DatabaseStartIT}. Runs after {@code package}.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DatabaseFaultsIT {
    private static final String SLOT = "/api/order-intents/" + "0".repeat(64);
    private static final int MOST_SECONDS = 5;

    private static String artifact(String name) {
        return "{\"key\":\"%s\",\"data\":{}}".formatted(key(name));
    }

    private static String key(String name) {
        return "dag/run/task/-1/1/portfolio/" + name;
    }

    private static String address(String name) {
        return "/api/artifacts/" + NamedId.ofKey(key(name));
    }

    /** Answers in time, as one that may be sent again. */
    private static void unavailable(Callable<HttpResponse<String>> request) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> answer = request.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertEquals(503, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent(), "no Retry-After");
        assertTrue(answer.body().contains("/problems/database-unavailable"), answer.body());
        assertTrue(seconds < MOST_SECONDS, () -> seconds + " s");
    }

    @TempDir
    static Path home;

    private static PackagedService service;
    private Connection other;

    @BeforeAll
    static void start() throws Exception {
        service = new PackagedService(home);
        service.start();
        assertEquals(201, service.post("/api/artifacts", artifact("before")).statusCode());
    }

    @AfterAll
    static void stop() throws Exception {
        // Its server outlives the service for a moment, and writes into the folder that goes next.
        var postgres = ProcessHandle.of(service.postgres());
        service.close();
        if (postgres.isPresent()) {
            postgres.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void connect() throws Exception {
        other = CommandDatabase.running(Map.of("SIGNALWRIGHT_HOME", home.toString()))
                .source()
                .getConnection();
    }

    /** Whatever the fault was: it is over, the service needs no help, and what was acknowledged is there. */
    @AfterEach
    void recoversAlone() throws Exception {
        endEveryFault();
        other.close();
        service.await(200);
        assertEquals(200, service.get(address("before")).statusCode());
    }

    /** A test that broke off must not leave its fault to the next one. */
    private void endEveryFault() throws Exception {
        if (!other.getAutoCommit()) {
            other.rollback();
            other.setAutoCommit(true);
        }
        sql("set default_transaction_read_only = off");
        sql("alter system reset default_transaction_read_only");
        sql("select pg_reload_conf()");
        sql("drop trigger if exists test_fault on artifact");
    }

    private void sql(String text) throws Exception {
        try (var statement = other.createStatement()) {
            statement.execute(text);
        }
    }

    /** The same write, which was refused, is taken now, and is there. */
    private void isTakenNow(String name) throws Exception {
        assertEquals(201, service.post("/api/artifacts", artifact(name)).statusCode());
        assertEquals(200, service.get(address(name)).statusCode());
    }

    private void nothingOfItIsStored(String name) throws Exception {
        assertEquals(404, service.get(address(name)).statusCode());
        try (var select = other.prepareStatement("select count(*) from change where artifact_id = ?")) {
            select.setObject(1, NamedId.ofKey(key(name)));
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                assertEquals(0, rows.getInt(1), "a change tells of an artifact that is not stored");
            }
        }
    }

    @Test
    void aReadOnlyDatabaseIsStillReadFrom() throws Exception {
        sql("alter system set default_transaction_read_only = on");
        sql("select pg_reload_conf()");
        List<String> acknowledged = new ArrayList<>();
        String refused = "read-only-0";
        // The backends hear of it a moment later: until then writes are taken.
        for (int i = 1; service.post("/api/artifacts", artifact(refused)).statusCode() == 201; i++) {
            acknowledged.add(refused);
            refused = "read-only-" + i;
        }
        String name = refused;
        unavailable(() -> service.post("/api/artifacts", artifact(name)));
        nothingOfItIsStored(name);
        assertEquals(200, service.get("/api/artifacts?limit=1").statusCode());
        assertEquals(200, service.get("/q/health/live").statusCode());
        sql("set default_transaction_read_only = off");
        sql("alter system reset default_transaction_read_only");
        sql("select pg_reload_conf()");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (service.post("/api/artifacts", artifact("read-only-over")).statusCode() >= 500) {
            assertTrue(System.nanoTime() < end, "it stays read-only");
        }
        isTakenNow(name);
        for (String stored : acknowledged) {
            assertEquals(200, service.get(address(stored)).statusCode(), stored);
        }
    }

    @Test
    void aLockedTableStopsNothingElse() throws Exception {
        other.setAutoCommit(false);
        sql("lock table artifact in access exclusive mode");
        unavailable(() -> service.post("/api/artifacts", artifact("locked")));
        unavailable(() -> service.get(address("before")));
        assertEquals(200, service.get("/q/health/live").statusCode());
        assertEquals(404, service.get(SLOT).statusCode(), "another table");
        other.rollback();
        isTakenNow("locked");
    }

    @Test
    void readersThatHoldEveryConnectionAreAllToldInTime() throws Exception {
        other.setAutoCommit(false);
        sql("lock table artifact in access exclusive mode");
        Callable<Boolean> reader = () -> {
            unavailable(() -> service.get(address("before")));
            return true;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = Collections.nCopies(60, reader).stream()
                    .map(threads::submit)
                    .toList();
            unavailable(() -> service.post("/api/artifacts", artifact("exhausted")));
            assertEquals(200, service.get("/q/health/live").statusCode());
            for (var told : readers) {
                assertTrue(told.get());
            }
        }
        other.rollback();
        isTakenNow("exhausted");
    }

    /** No disk is filled: a trigger answers with the state, 53100, that PostgreSQL answers with on a full one. */
    @Test
    void aFullDiskRefusesWritesAndKeepsReads() throws Exception {
        onInsert("raise exception 'could not extend file: No space left on device' using errcode = '53100'");
        unavailable(() -> service.post("/api/artifacts", artifact("full")));
        nothingOfItIsStored("full");
        assertEquals(200, service.get(address("before")).statusCode());
        sql("drop trigger test_fault on artifact");
        isTakenNow("full");
    }

    @Test
    void aStatementThatTakesTooLongIsGivenUp() throws Exception {
        onInsert("perform pg_sleep(60)");
        unavailable(() -> service.post("/api/artifacts", artifact("slow")));
        nothingOfItIsStored("slow");
        itEndsInTheDatabaseToo();
        assertEquals(200, service.get(address("before")).statusCode());
        sql("drop trigger test_fault on artifact");
        isTakenNow("slow");
    }

    /** The queue of writes answers its callers in time whatever the statement does: that it was ended is seen there alone. */
    private void itEndsInTheDatabaseToo() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (sleeping() > 0) {
            assertTrue(System.nanoTime() < end, "the statement goes on in the database");
        }
    }

    private int sleeping() throws Exception {
        try (var statement = other.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void onInsert(String statement) throws Exception {
        sql("create or replace function test_fault() returns trigger language plpgsql as $$ begin " + statement
                + "; return null; end $$");
        sql("create trigger test_fault before insert on artifact for each statement execute function test_fault()");
    }
}
