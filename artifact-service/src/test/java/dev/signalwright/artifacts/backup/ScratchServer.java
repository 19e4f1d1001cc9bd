package dev.signalwright.artifacts.backup;

import dev.signalwright.artifacts.postgres.CommandDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real server that makes databases for a test. */
final class ScratchServer implements AutoCloseable {
    private final CommandDatabase server;

    ScratchServer(Path home) {
        server = CommandDatabase.alone(Map.of("SIGNALWRIGHT_HOME", home.toString()));
    }

    /** An empty database of its own. */
    DataSource fresh(String name) throws SQLException {
        run(server.source(), "create database " + name);
        PGSimpleDataSource first = (PGSimpleDataSource) server.source();
        PGSimpleDataSource fresh = new PGSimpleDataSource();
        fresh.setUrl(first.getUrl());
        fresh.setUser(first.getUser());
        fresh.setPassword(first.getPassword());
        fresh.setDatabaseName(name);
        return fresh;
    }

    /** One with our tables. */
    DataSource migrated(String name) throws SQLException {
        DataSource database = fresh(name);
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            new Tables(connection).run(sql);
        }
    }

    static String text(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Tables(connection).text(sql);
        }
    }

    static long number(DataSource database, String sql) throws SQLException {
        return Long.parseLong(text(database, sql));
    }

    @Override
    public void close() {
        server.close();
    }
}
