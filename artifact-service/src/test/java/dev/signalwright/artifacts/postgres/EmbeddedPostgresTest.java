package dev.signalwright.artifacts.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), EmbeddedPostgres.USER, postgres.password());
    }

    private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(EmbeddedPostgres postgres) throws SQLException {
        try (var connection = connect(postgres);
                var rows = connection.createStatement().executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void rowsAndAddressOutliveAStopAndAKill() throws Exception {
        String url;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            url = postgres.jdbcUrl();
            run(postgres, "create table kept (n int)");
            run(postgres, "insert into kept values (1)");
            assertThrows(PostgresException.class, () -> EmbeddedPostgres.start(folder));

            long killed = postgres.pid();
            run(postgres, "insert into kept values (2)");
            ProcessHandle server = ProcessHandle.of(killed).orElseThrow();
            server.destroyForcibly();
            server.onExit().get(10, TimeUnit.SECONDS);
            awaitRestart(postgres);
            assertNotEquals(killed, postgres.pid());
            assertEquals(url, postgres.jdbcUrl());
            assertEquals(2, count(postgres));
        }
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertEquals(url, postgres.jdbcUrl());
            assertEquals(2, count(postgres));
        }
    }

    @Test
    void aDataFolderOfAnotherMajorVersionIsRefusedWithTheWayOut() throws Exception {
        Path version = folder.resolve("data/PG_VERSION");
        EmbeddedPostgres.start(folder).close();
        assertEquals(PostgresBinaries.MAJOR, Files.readString(version).strip());
        Files.writeString(version, "17\n");
        String sentence = assertThrows(PostgresException.class, () -> EmbeddedPostgres.start(folder))
                .getMessage();
        assertTrue(sentence.contains("PostgreSQL 17") && sentence.contains("./signalwright backup"), sentence);
        Files.writeString(version, PostgresBinaries.MAJOR + "\n");
        EmbeddedPostgres.start(folder).close();
    }

    private static void awaitRestart(EmbeddedPostgres postgres) throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                connect(postgres).close();
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }
}
