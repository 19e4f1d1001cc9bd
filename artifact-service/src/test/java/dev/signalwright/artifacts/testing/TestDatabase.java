package dev.signalwright.artifacts.testing;

import dev.signalwright.artifacts.postgres.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** One real PostgreSQL for all tests of the module; its folder lies below {@code target}. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        postgres = EmbeddedPostgres.start(Path.of("target", "test-postgres"));
        return Map.of(
                "quarkus.datasource.jdbc.url",
                postgres.jdbcUrl(),
                "quarkus.datasource.username",
                EmbeddedPostgres.USER,
                "quarkus.datasource.password",
                postgres.password(),
                "quarkus.flyway.clean-at-start",
                "true");
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
