package dev.signalwright.artifacts.postgres;

import io.agroal.api.AgroalDataSource;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;

/**
 * The start waits here for a database that is not there yet, before the migrations ask for it: after a power cut nobody
 * knows which of the two is up first. Flyway's own retries double their pause up to two minutes, do not say which setting
 * names the database, and let nobody stop the service meanwhile.
 */
@Singleton
class DatabaseWait implements FlywayConfigurationCustomizer {
    private static final Logger LOG = Logger.getLogger(DatabaseWait.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration REMINDER = Duration.ofSeconds(30);

    /** Connection, resources (too many clients), operator (starting up, shutting down), system. */
    private static final Set<String> NOT_YET = Set.of("08", "53", "57", "58");

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void customize(FluentConfiguration flyway) {
        Thread stop = new Thread(stopped::countDown, "database-wait-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        await(flyway.getDataSource());
        if (stopped.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(stop);
        }
    }

    private void await(DataSource database) {
        String place = place(database);
        long start = System.nanoTime();
        long reminded = start - REMINDER.toNanos();
        while (true) {
            try {
                database.getConnection().close();
                break;
            } catch (SQLException e) {
                String why = firstLine(e);
                refuseWhatWaitingDoesNotHeal(e, place, why);
                long now = System.nanoTime();
                if (now - start > PATIENCE.toNanos()) {
                    throw new PostgresException(
                            "The PostgreSQL at " + place + " did not answer for " + PATIENCE.toMinutes() + " minutes: "
                                    + why + " Start it or correct ARTIFACT_DB_URL, then start this service again.",
                            e);
                }
                if (now - reminded >= REMINDER.toNanos()) {
                    reminded = now;
                    LOG.warnf(
                            "Waiting for the PostgreSQL at %s, which does not answer yet: %s It is asked every second, for"
                                    + " %d minutes in all. Start it, or correct ARTIFACT_DB_URL.",
                            place, why, PATIENCE.toMinutes());
                }
                pause(place);
            }
        }
        if (reminded > start - REMINDER.toNanos()) {
            LOG.infof(
                    "The PostgreSQL at %s answers after %d s.",
                    place, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        }
    }

    private static void refuseWhatWaitingDoesNotHeal(SQLException failure, String place, String why) {
        String state = failure.getSQLState(); // none when the pool's own time was up
        if (state != null && state.length() == 5 && !NOT_YET.contains(state.substring(0, 2))) {
            throw new PostgresException(
                    "The PostgreSQL at " + place + " refuses this service: " + why
                            + " Check ARTIFACT_DB_URL, ARTIFACT_DB_USER and ARTIFACT_DB_PASSWORD_FILE.",
                    failure);
        }
    }

    private void pause(String place) {
        try {
            if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PostgresException("Stopped while it waited for the PostgreSQL at " + place + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while it waited for the PostgreSQL at " + place + ".", e);
        }
    }

    /** Without parameters: one of them may be a password. */
    private static String place(DataSource database) {
        if (!(database instanceof AgroalDataSource pool)) {
            return "ARTIFACT_DB_URL";
        }
        String url = pool.getConfiguration()
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration()
                .jdbcUrl();
        return url.split("\\?", 2)[0];
    }

    private static String firstLine(SQLException failure) {
        String line = String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
