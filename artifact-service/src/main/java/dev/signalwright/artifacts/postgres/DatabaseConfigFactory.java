package dev.signalwright.artifacts.postgres;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells the pool where the database is: {@code ARTIFACT_DB_URL} with {@code ARTIFACT_DB_USER} and
 * {@code ARTIFACT_DB_PASSWORD} or {@code ARTIFACT_DB_PASSWORD_FILE}; else the embedded PostgreSQL, which is started here,
 * before pool and Flyway ask. Configuration is also read while the application is built and tested: nothing starts then.
 */
public final class DatabaseConfigFactory implements ConfigSourceFactory {
    private static final String PREFIX = "quarkus.datasource.";

    /** Above application.properties (250), below the environment (300). */
    private static final int ORDINAL = 275;

    /** The build's and the tests' own class loader; the packaged application has another. */
    private static final String BUILD_LOADER = "io.quarkus.bootstrap.classloading.QuarkusClassLoader";

    private static final Running RUNNING = new Running();

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Optional<String> url = value(context, "ARTIFACT_DB_URL");
        if (url.isPresent()) {
            return List.of(source(external(context, url.get())));
        }
        Optional<String> home = value(context, "SIGNALWRIGHT_HOME");
        if (home.isEmpty() || isBuildOrTest()) {
            return List.of();
        }
        EmbeddedPostgres postgres = RUNNING.in(Path.of(home.get()).resolve("postgres"));
        return List.of(source(settings(postgres.jdbcUrl(), EmbeddedPostgres.USER, postgres.password())));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    private static boolean isBuildOrTest() {
        ClassLoader loader = DatabaseConfigFactory.class.getClassLoader();
        return loader != null && loader.getClass().getName().equals(BUILD_LOADER);
    }

    private static Map<String, String> external(ConfigSourceContext context, String url) {
        String password = value(context, "ARTIFACT_DB_PASSWORD_FILE")
                .map(DatabaseConfigFactory::fileText)
                .or(() -> value(context, "ARTIFACT_DB_PASSWORD"))
                .orElse("");
        return settings(url, value(context, "ARTIFACT_DB_USER").orElse(""), password);
    }

    private static Map<String, String> settings(String url, String user, String password) {
        Map<String, String> settings = new HashMap<>();
        settings.put(PREFIX + "jdbc.url", url);
        if (!user.isEmpty()) {
            settings.put(PREFIX + "username", user);
        }
        if (!password.isEmpty()) {
            settings.put(PREFIX + "password", password);
        }
        return settings;
    }

    private static ConfigSource source(Map<String, String> settings) {
        return new PropertiesConfigSource(settings, "signalwright database", ORDINAL);
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return Optional.ofNullable(value == null ? null : value.getValue()).filter(text -> !text.isBlank());
    }

    private static String fileText(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new PostgresException("ARTIFACT_DB_PASSWORD_FILE names " + file + ", which cannot be read.", e);
        }
    }

    /** The one server of this process: configuration is read more than once. */
    private static final class Running {
        private Optional<EmbeddedPostgres> server = Optional.empty();

        synchronized EmbeddedPostgres in(Path folder) {
            if (server.isEmpty()) {
                EmbeddedPostgres started = EmbeddedPostgres.start(folder);
                server = Optional.of(started);
            }
            return server.get();
        }
    }
}
