package dev.signalwright.artifacts.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.blob.BlobPlace;
import dev.signalwright.artifacts.postgres.CommandDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A restore that was killed leaves nothing that stops the next one. One that failed: {@link BackupTest}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RestoreKilledTest {
    private static final BlobPlace ROWS = BlobPlace.of(Map.of());
    private static final int EXECUTIONS = 50;

    @TempDir
    static Path folder;

    private static ScratchServer server;
    private static Path good;

    @BeforeAll
    static void fill() throws SQLException {
        server = new ScratchServer(folder.resolve("old"));
        DataSource old = server.migrated("old");
        ScratchServer.run(old, """
                insert into execution select gen_random_uuid(), 'dag', 'run-' || n, 'success', false, null, now()
                from generate_series(1, %d) n""".formatted(EXECUTIONS));
        good = folder.resolve("good.backup");
        new Backup(old, ROWS, "test").write(good, false);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void isRestored(DataSource database) throws SQLException {
        assertEquals(EXECUTIONS, ScratchServer.number(database, "select count(*) from execution"));
    }

    @Test
    void whatWasKilledWhileItLoadedIsRestoredTheNextTime() throws Exception {
        Map<String, String> home =
                Map.of("SIGNALWRIGHT_HOME", folder.resolve("killed").toString());
        try (CommandDatabase database = CommandDatabase.alone(home)) {
            standStillAtTheFirstRows(database.source());
        }
        Process restore = restoreProcess(home);
        try {
            awaitStandingStill(home, restore);
        } finally {
            restore.destroyForcibly().waitFor();
        }

        assertEquals(0, BackupCommand.run(new String[] {"restore", good.toString()}, home));
        try (CommandDatabase database = CommandDatabase.running(home)) {
            isRestored(database.source());
        }
    }

    /** Only the first time: a sequence does not go back with a transaction. */
    private static void standStillAtTheFirstRows(DataSource database) throws SQLException {
        ScratchServer.run(database, """
                create schema test;
                create sequence test.times;
                create function test.stand_still() returns trigger language plpgsql as $$ begin
                    if nextval('test.times') = 1 then perform pg_sleep(600); end if;
                    return null;
                end $$;
                create function test.watch() returns event_trigger language plpgsql as $$ begin
                    if to_regclass('public.execution') is not null then
                        create or replace trigger stand_still before insert on public.execution
                            for each statement execute function test.stand_still();
                    end if;
                end $$;
                create event trigger watch on ddl_command_end when tag in ('CREATE TABLE')
                    execute function test.watch()""");
    }

    private static Process restoreProcess(Map<String, String> home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackupCommand.class.getName(),
                        "restore",
                        good.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("restore.log").toFile());
        builder.environment().putAll(home);
        return builder.start();
    }

    private static void awaitStandingStill(Map<String, String> home, Process restore) throws Exception {
        // Whoever asks before its server is there would start one of his own.
        Path server = Path.of(home.get("SIGNALWRIGHT_HOME"), "postgres/data/postmaster.pid");
        while (!Files.exists(server) || !standsStill(home)) {
            assertTrue(restore.isAlive(), () -> log());
            Thread.onSpinWait();
        }
    }

    private static boolean standsStill(Map<String, String> home) {
        try (CommandDatabase database = CommandDatabase.running(home)) {
            return ScratchServer.number(
                            database.source(), "select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
                    == 1;
        } catch (SQLException startingUp) {
            return false;
        }
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("restore.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
