package dev.signalwright.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.postgres.EmbeddedPostgres;
import dev.signalwright.artifacts.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service when its database is not there yet, or refuses it. Runs after {@code package}. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DatabaseStartIT {
    @TempDir
    Path folder;

    private Map<String, String> settings;

    /** A server that is down and will listen where it did before. */
    @BeforeEach
    void prepare() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("database"))) {
            settings = Map.of(
                    "ARTIFACT_DB_URL",
                    postgres.jdbcUrl() + "?sslmode=disable",
                    "ARTIFACT_DB_USER",
                    EmbeddedPostgres.USER,
                    "ARTIFACT_DB_PASSWORD",
                    postgres.password());
        }
    }

    private PackagedService service(Map<String, String> settings) throws Exception {
        return new PackagedService(Files.createDirectories(folder.resolve("home")), settings);
    }

    @Test
    void itSaysWhatItWaitsForAndIsReadyWhenTheDatabaseCame() throws Exception {
        try (PackagedService service = service(settings)) {
            service.launch();
            String url = settings.get("ARTIFACT_DB_URL").replace("?sslmode=disable", "");
            service.awaitLog("Waiting for the PostgreSQL at " + url + ", which does not answer yet: ");
            service.awaitLog("It is asked every second, for 5 minutes in all. Start it, or correct ARTIFACT_DB_URL.");
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("database"))) {
                assertTrue(postgres.pid() > 0);
                service.await(200);
                assertTrue(service.log().contains("The PostgreSQL at " + url + " answers after "));
                assertEquals(
                        201,
                        service.post("/api/artifacts", "{\"key\":\"dag/run/task/-1/1/portfolio/first\",\"data\":{}}")
                                .statusCode());
            }
        }
    }

    @Test
    void whoeverStopsItWhileItWaitsIsObeyed() throws Exception {
        try (PackagedService service = service(settings)) {
            service.launch();
            service.awaitLog("Waiting for the PostgreSQL");
            boolean ended = service.ends(15);
            if (!ended) {
                service.kill();
            }
            assertTrue(ended, "it waits on");
        }
    }

    @Test
    void aDatabaseThatRefusesTheAccountIsNotWaitedFor() throws Exception {
        Map<String, String> wrong = new HashMap<>(settings);
        wrong.put("ARTIFACT_DB_PASSWORD", "not-the-password");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("database"));
                PackagedService service = service(wrong)) {
            assertTrue(postgres.pid() > 0);
            service.launch();
            service.awaitLog("refuses this service: ");
            service.awaitLog("Check ARTIFACT_DB_URL, ARTIFACT_DB_USER and ARTIFACT_DB_PASSWORD_FILE.");
            assertFalse(service.log().contains("not-the-password"), "the log holds the password");
        }
    }
}
