package dev.signalwright.artifacts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.change.ChangeFeed;
import dev.signalwright.artifacts.change.Position;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import dev.signalwright.artifacts.testing.ChangeRows;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas over one database: the service, and a hub of the test's own beside it. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplicasTest {
    /** @param mostMissed small enough to be passed */
    private record FixedEvents(int mostMissed, Duration heartbeat) implements EventsConfig {
        @Override
        public int mostListeners() {
            return 2;
        }

        @Override
        public int mostListenersPerToken() {
            return 2;
        }

        @Override
        public Duration pollInterval() {
            return Duration.ofMillis(20);
        }

        @Override
        public int queue() {
            return 100;
        }
    }

    @Inject
    ChangeFeed feed;

    @TestHTTPResource("/api/events")
    URI address;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private final String dag = "dag-" + UUID.randomUUID();
    private final BlockingQueue<Happening> heard = new LinkedBlockingQueue<>();
    private EventHub other;

    @BeforeEach
    void startTheOther() {
        other = new EventHub(feed, new FixedEvents(3, Duration.ofMinutes(10)), new SimpleMeterRegistry());
    }

    @AfterEach
    void stopTheOther() {
        other.stop(new ShutdownEvent());
    }

    /** A browser that leaves the page at once: its request was let in, its answer never began. */
    @Test
    void whoLeavesBeforeTheAnswerBeginsHoldsNoPlace() {
        EventHub hub = new EventHub(feed, new FixedEvents(3, Duration.ofMillis(40)), new SimpleMeterRegistry());
        try {
            hub.listen(new Reader("viewer", () -> true), all(), Optional.empty());
            hub.listen(new Reader("viewer", () -> true), all(), Optional.empty());
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            boolean letIn = false;
            while (!letIn) {
                try {
                    hub.listen(new Reader("viewer", () -> true), all(), Optional.empty());
                    letIn = true;
                } catch (ProblemException full) {
                    assertEquals(ProblemType.TOO_MANY_LISTENERS, full.type());
                    assertTrue(System.nanoTime() < end, "both places are still taken");
                    Thread.onSpinWait();
                }
            }
        } finally {
            hub.stop(new ShutdownEvent());
        }
    }

    private static EventFilter all() {
        return new EventFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Cancellable listenAtTheOther(Optional<Position> last) {
        EventFilter filter = new EventFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.of(dag));
        return other.listen(new Reader("viewer", () -> true), filter, last)
                .subscribe()
                .with(heard::add);
    }

    private Happening next() throws InterruptedException {
        Happening next = heard.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    /** Over a connection that no pool of the service has ever seen. */
    private String happensElsewhere() throws Exception {
        try (Connection elsewhere = DriverManager.getConnection(url, user, password)) {
            String id = UUID.randomUUID().toString();
            ChangeRows.add(elsewhere, "artifact.created", id, dag, "run");
            return id;
        }
    }

    @Test
    void bothHearWhatAThirdWroteInTheSameOrderUnderTheSameIds() throws Exception {
        try (EventStream here = new EventStream(URI.create(address + "?dag_id=" + dag), TokenHome.VIEWER, "")) {
            here.next();
            listenAtTheOther(Optional.empty());
            assertTrue(next().change().isEmpty());
            List<String> written = List.of(happensElsewhere(), happensElsewhere(), happensElsewhere());
            for (EventStream.Event event : here.next(written.size())) {
                Happening there = next();
                assertEquals(event.id(), there.position().text());
                assertEquals(event.data(), there.json());
            }
        }
    }

    @Test
    void aListenerThatComesBackToAnotherReplicaMissesNothingAndHearsNothingTwice() throws Exception {
        List<String> written = new ArrayList<>();
        List<String> read = new ArrayList<>();
        Position last;
        try (EventStream here = new EventStream(URI.create(address + "?dag_id=" + dag), TokenHome.VIEWER, "")) {
            here.next();
            written.add(happensElsewhere());
            EventStream.Event event = here.next(1).getFirst();
            read.add(event.data());
            last = Position.ofText(event.id()).orElseThrow();
        }
        written.add(happensElsewhere());
        written.add(happensElsewhere());
        listenAtTheOther(Optional.of(last));
        written.add(happensElsewhere());
        assertEquals(last, next().position());
        for (int i = 1; i < written.size(); i++) {
            read.add(next().json());
        }
        for (int i = 0; i < written.size(); i++) {
            assertTrue(read.get(i).contains(written.get(i)), read + " for " + written);
        }
        assertTrue(heard.isEmpty(), heard.toString());
    }

    @Test
    void whoIsTurnedAwayTakesNobodysPlace() throws Exception {
        Position start = feed.newest();
        for (int i = 0; i < 5; i++) {
            happensElsewhere();
        }
        for (int i = 0; i < 5; i++) {
            ProblemException tooOld = assertThrows(ProblemException.class, () -> listenAtTheOther(Optional.of(start)));
            assertEquals(ProblemType.EVENT_TOO_OLD, tooOld.type());
        }
        Cancellable first = listenAtTheOther(Optional.empty());
        listenAtTheOther(Optional.empty());
        ProblemException full = assertThrows(ProblemException.class, () -> listenAtTheOther(Optional.empty()));
        assertEquals(ProblemType.TOO_MANY_LISTENERS, full.type());
        first.cancel();
        listenAtTheOther(Optional.empty());
    }
}
