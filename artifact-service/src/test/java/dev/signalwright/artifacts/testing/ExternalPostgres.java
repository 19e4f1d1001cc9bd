package dev.signalwright.artifacts.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL that is not ours: the machine's own programs, of another version than the embedded one. */
public final class ExternalPostgres implements AutoCloseable {
    /** Absent on many machines. */
    public static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER = "owner";
    private static final String PASSWORD = "of-this-test-alone";

    private final Path home;
    private final int port;
    private final Process server;

    public ExternalPostgres(Path home) throws Exception {
        this.home = home;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path password = Files.writeString(home.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        String data = home.resolve("data").toString();
        Process initdb = start(
                "initdb",
                "-D",
                data,
                "-U",
                USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync");
        if (!initdb.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || initdb.exitValue() != 0) {
            throw new IOException("No initdb: " + log());
        }
        server = start(
                "postgres",
                "-D",
                data,
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=");
        await();
    }

    /** PostgreSQL refuses root, which tests may well be: a user namespace takes the name away. */
    private Process start(String program, String... words) throws IOException {
        boolean root = ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).intValue() == 0;
        return new ProcessBuilder(Stream.of(
                                root ? List.of("unshare", "-U") : List.<String>of(),
                                List.of(PROGRAMS.resolve(program).toString()),
                                List.of(words))
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
                .start();
    }

    private void await() throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                DriverManager.getConnection(url("postgres"), USER, PASSWORD).close();
                return;
            } catch (SQLException notYet) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw new IOException("No PostgreSQL: " + log(), notYet);
                }
                Thread.onSpinWait();
            }
        }
    }

    private String log() throws IOException {
        return Files.readString(home.resolve("log"));
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Of a new, empty database, as the service's environment names it. */
    public Map<String, String> database(String name) throws SQLException {
        try (var connection = DriverManager.getConnection(url("postgres"), USER, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return Map.of(
                "ARTIFACT_DB_URL",
                url(name),
                "ARTIFACT_DB_USER",
                USER,
                "ARTIFACT_DB_PASSWORD_FILE",
                home.resolve("password").toString());
    }

    @Override
    public void close() throws Exception {
        server.destroy();
        if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }
}
