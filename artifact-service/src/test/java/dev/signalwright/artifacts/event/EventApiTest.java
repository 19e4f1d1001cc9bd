package dev.signalwright.artifacts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.testing.ChangeRows;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The event stream over a real socket, from real transactions. Every test names a workflow of its own. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventApiTest {
    @Inject
    DataSource database;

    @TestHTTPResource("/api/events")
    URI address;

    private final String dag = "dag-" + UUID.randomUUID();

    private EventStream listen(String query, String lastEventId) throws Exception {
        return new EventStream(URI.create(address + "?" + query), TokenHome.VIEWER, lastEventId);
    }

    private EventStream listen(String lastEventId) throws Exception {
        return listen("dag_id=" + dag, lastEventId);
    }

    private String happens(Connection connection, String kind) throws Exception {
        String id = kind.equals("execution.changed") ? null : UUID.randomUUID().toString();
        ChangeRows.add(connection, kind, id, dag, "run");
        return id;
    }

    private String happens() throws Exception {
        try (Connection connection = database.getConnection()) {
            return happens(connection, "artifact.created");
        }
    }

    @Test
    void aListenerHearsWhatHappensWithIdsAndSmallFields() throws Exception {
        try (EventStream stream = listen("")) {
            assertEquals(200, stream.status);
            assertTrue(stream.next().id().matches("\\d+-\\d+"), "a place to come back to before anything happens");
            String id = happens();
            EventStream.Event event = stream.next(1).getFirst();
            assertEquals("artifact.created", event.name());
            assertTrue(event.id().matches("\\d+-\\d+"));
            assertTrue(event.data().contains("\"artifact_id\":\"" + id + "\""), event.data());
        }
    }

    @Test
    void whatIsCommittedOutOfOrderIsNeitherLostNorDoubledAcrossReconnects() throws Exception {
        List<String> happened = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        String last;
        try (Connection slow = database.getConnection();
                EventStream stream = listen("")) {
            last = stream.next().id();
            slow.setAutoCommit(false);
            happened.add(happens(slow, "artifact.created"));
            // Later in number, earlier in sight.
            happened.add(happens());
            happened.add(happens());
            happened.add(happens(slow, "artifact.created"));
            slow.commit();
            slow.setAutoCommit(true);
            for (EventStream.Event event : stream.next(2)) {
                heard.add(event.data());
                last = event.id();
            }
        }
        happened.add(happens());
        try (EventStream stream = listen(last)) {
            happened.add(happens());
            for (EventStream.Event event : stream.next(4)) {
                heard.add(event.data());
                last = event.id();
            }
        }
        assertEquals(6, heard.size());
        for (String id : happened) {
            assertEquals(1, heard.stream().filter(data -> data.contains(id)).count(), () -> id + " in " + heard);
        }
        // The end is the end: nothing comes twice.
        try (EventStream stream = listen(last)) {
            String id = happens();
            assertTrue(stream.next(1).getFirst().data().contains(id));
        }
    }

    @Test
    void filtersHoldBackWhatNobodyAskedFor() throws Exception {
        try (EventStream stream = listen("dag_id=" + dag + "&kind=artifact.deleted,execution.changed&type=llm", "")) {
            stream.next();
            try (Connection connection = database.getConnection()) {
                happens(connection, "artifact.created");
                happens(connection, "artifact.deleted");
                happens(connection, "execution.changed");
            }
            assertEquals(
                    List.of("artifact.deleted", "execution.changed"),
                    stream.next(2).stream().map(EventStream.Event::name).toList());
        }
        for (String wrong : List.of("kind=born", "type=bars", "execution=1", "dagid=x")) {
            try (EventStream refused = listen(wrong, "")) {
                assertEquals(400, refused.status, wrong);
                assertTrue(refused.body.contains("\"field\":\"" + wrong.split("=")[0]), refused.body);
            }
        }
    }

    @Test
    void anIdThatIsNoneOrOfAnotherStoreIsRefusedWithAdvice() throws Exception {
        try (EventStream garbled = listen("'; drop table change; --");
                EventStream foreign = listen("999999999-999999999")) {
            assertEquals(400, garbled.status);
            assertEquals(410, foreign.status);
            assertTrue(foreign.body.contains("event-not-known"), foreign.body);
            assertTrue(foreign.body.contains("without it"), foreign.body);
        }
    }

    @Test
    void aFieldCannotForgeAnEvent() throws Exception {
        try (EventStream stream = listen("kind=artifact.created", "");
                Connection connection = database.getConnection()) {
            stream.next();
            ChangeRows.add(
                    connection,
                    "artifact.created",
                    UUID.randomUUID().toString(),
                    dag + "\n\nevent: forged\ndata: {}",
                    "r");
            EventStream.Event event = stream.next(1).getFirst();
            while (!event.data().contains(dag)) {
                event = stream.next(1).getFirst();
            }
            assertEquals("artifact.created", event.name());
            assertTrue(event.data().contains("\\n\\nevent: forged"), event.data());
        }
    }
}
