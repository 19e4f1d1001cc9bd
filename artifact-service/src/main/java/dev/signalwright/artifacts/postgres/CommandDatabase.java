package dev.signalwright.artifacts.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database of this installation for a command beside the service: {@code ARTIFACT_DB_URL}, else the embedded one.
 * Closing it stops what it started.
 */
public final class CommandDatabase implements AutoCloseable {
    private final DataSource source;
    private final Optional<EmbeddedPostgres> started;

    private CommandDatabase(DataSource source, Optional<EmbeddedPostgres> started) {
        this.source = source;
        this.started = started;
    }

    /** The database whether or not a service uses it. */
    public static CommandDatabase running(Map<String, String> environment) {
        Optional<DataSource> external = external(environment);
        if (external.isPresent()) {
            return new CommandDatabase(external.get(), Optional.empty());
        }
        Path folder = folder(environment);
        if (!Files.exists(folder.resolve("data/PG_VERSION"))) {
            throw new PostgresException("There is no database in " + folder + " yet.");
        }
        try {
            return alone(environment);
        } catch (FolderTakenException service) {
            // The service's own server answers to us as well.
            return new CommandDatabase(ofService(folder), Optional.empty());
        }
    }

    /**
     * The database for nobody else: the embedded one is started.
     *
     * @throws PostgresException when a service uses it
     */
    public static CommandDatabase alone(Map<String, String> environment) {
        return external(environment)
                .map(source -> new CommandDatabase(source, Optional.empty()))
                .orElseGet(() -> {
                    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder(environment));
                    return new CommandDatabase(
                            source(postgres.jdbcUrl(), EmbeddedPostgres.USER, postgres.password()),
                            Optional.of(postgres));
                });
    }

    public DataSource source() {
        return source;
    }

    private static Path folder(Map<String, String> environment) {
        String home = environment.getOrDefault("SIGNALWRIGHT_HOME", "");
        if (home.isEmpty()) {
            throw new PostgresException(
                    "Set SIGNALWRIGHT_HOME, or ARTIFACT_DB_URL: without either there is no database.");
        }
        return Path.of(home).resolve("postgres");
    }

    private static Optional<DataSource> external(Map<String, String> environment) {
        String url = environment.getOrDefault("ARTIFACT_DB_URL", "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String file = environment.getOrDefault("ARTIFACT_DB_PASSWORD_FILE", "");
        String password = file.isEmpty() ? environment.getOrDefault("ARTIFACT_DB_PASSWORD", "") : read(Path.of(file));
        return Optional.of(source(url, environment.getOrDefault("ARTIFACT_DB_USER", ""), password));
    }

    private static DataSource ofService(Path folder) {
        return source(
                "jdbc:postgresql://127.0.0.1:" + read(folder.resolve("port")) + "/postgres",
                EmbeddedPostgres.USER,
                read(folder.resolve("password")));
    }

    private static DataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setApplicationName("signalwright backup");
        source.setTcpKeepAlive(true);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        return source;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new PostgresException(file + " cannot be read.", e);
        }
    }

    @Override
    public void close() {
        started.ifPresent(EmbeddedPostgres::close);
    }
}
