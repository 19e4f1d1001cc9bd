package dev.signalwright.artifacts.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Search in more artifacts than are looked at one by one, against the plainest statement that says the same. Three artifacts
 * share each time, so that every order and every page's end meets ties.
 */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class SearchTest {
    private static final int ARTIFACTS = 24_000;
    private static final int AT_ONCE = 4_000;
    private static final Instant BEGIN = Instant.parse("2001-01-01T00:00:00Z");

    /** Every text has qzmany, and qzleft before qzright; side by side they stand in one of 3,500. */
    private static final String FILL = """
            with text as (
                select i, gen_random_uuid() as id, timestamptz '2001-01-01 00:00:00Z' + (i / 3) * interval '1 second' as at,
                       case when i in (11, 20011) then 'trade' when i % 10 = 5 then 'signal' else 'llm' end as type,
                       case when i % 9000 = 4 then 'QZRARE' else 'QZUSUAL' end as symbol,
                       'qzmany qzleft ' || case when i % 3500 = 3 then '' else 'between ' end || 'qzright'
                           || case when i % 10000 = 25 then ' qzscarce' else '' end
                           || case when i % 100 = 7 then ' qzsome' else '' end as prompt
                from generate_series(cast(? as integer), cast(? as integer)) i
            ), stored as (
                insert into artifact (id, name, type, symbol, dag_id, prompt, metadata, origin, content_sha256, canonical,
                    canonical_size, created_at, updated_at)
                select id, 'search', type, symbol, 'qzdag' || i % 2, prompt, '{}',
                       case when i % 4 = 0 then 'live' else 'replayed' end, repeat('a', 64), '\\x7b7d', 2, at, at
                from text
                returning id, created_at, type, origin, name, symbol, prompt
            )
            insert into catalog_entry (artifact_id, created_at, type, origin, json_bytes, blob_bytes, words)
            select id, created_at, type, origin, 2, 0, catalog_words(name, symbol, null, prompt) from stored
            """;

    @Inject
    Artifacts artifacts;

    @Inject
    DataSource database;

    @BeforeAll
    void fill() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FILL)) {
            for (int first = 0; first < ARTIFACTS; first += AT_ONCE) {
                statement.setInt(1, first);
                statement.setInt(2, first + AT_ONCE - 1);
                statement.execute();
            }
        }
        run("analyze artifact", "analyze catalog_entry");
    }

    @AfterAll
    void empty() throws SQLException {
        run(
                "delete from catalog_entry where created_at < timestamptz '2002-01-01 00:00:00Z'",
                "delete from artifact where created_at < timestamptz '2002-01-01 00:00:00Z'");
    }

    private void run(String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void whateverIsLookedForAllOfItIsFoundInOrderPageByPage() throws SQLException {
        check("qzscarce", Map.of(), 3);
        check("qzsome", Map.of(), 100);
        check("\"qzleft qzright\"", Map.of(), 4);
        check("qzsome or qzscarce", Map.of(), 500);
        check("qzsome -qzright", Map.of(), 50);
        check("qzmany qznowhere", Map.of(), 50);
        check("qzmany", Map.of(ArtifactFilter.TYPE, "trade"), 1);
        check("qzmany", Map.of(ArtifactFilter.TYPE, "order"), 50);
        check("qzsome", Map.of(ArtifactFilter.TYPE, "llm"), 60);
        check("qzscarce qzmany", Map.of(ArtifactFilter.TYPE, "signal"), 2);
        check("\"qzleft qzright\"", Map.of(ArtifactFilter.TYPE, "llm"), 6);
        check("qzmany", Map.of(ArtifactFilter.SYMBOL, "QZRARE"), 3);
        check("qzsome", Map.of(ArtifactFilter.SYMBOL, "QZUSUAL", ArtifactFilter.TYPE, "llm"), 90);
        check("qzsome", Map.of(ArtifactFilter.ORIGIN, "live"), 40);
        check("qzsome", Map.of(ArtifactFilter.DAG_ID, "qzdag1"), 200);
        check("qzsome", Map.of(ArtifactFilter.DAG_ID, "qzdag0"), 200);
        check("qzsome", Map.of(ArtifactFilter.CREATED_BEFORE, BEGIN.plusSeconds(900)), 2);
        check("qzsome", Map.of(ArtifactFilter.CREATED_AFTER, BEGIN.plusSeconds(7_000)), 2);
    }

    @Test
    void frequentWordsThatNeverStandSideBySideAreNoPhrase() throws SQLException {
        assertTrue(found(query("\"qzright qzleft\"", Map.of(), true, 50, Optional.empty()))
                .isEmpty());
        assertFalse(found(query("qzright qzleft", Map.of(), true, 50, Optional.empty()))
                .isEmpty());
    }

    @Test
    void aWordOfEveryTextFillsPagesWithoutALookAtTheRest() {
        List<UUID> seen = new ArrayList<>();
        Optional<PageCursor> cursor = Optional.empty();
        for (int page = 0; page < 15; page++) {
            Artifacts.OutlinePage answer = artifacts.outlinePage(query("qzmany", Map.of(), false, 500, cursor));
            assertEquals(500, answer.outlines().size());
            answer.outlines().forEach(artifact -> seen.add(artifact.id()));
            cursor = answer.next();
        }
        assertEquals(seen.size(), seen.stream().distinct().count());
    }

    private void check(String words, Map<ArtifactFilter, Object> filters, int limit) throws SQLException {
        for (boolean newestFirst : List.of(true, false)) {
            assertEquals(
                    expected(words, filters, newestFirst),
                    found(query(words, filters, newestFirst, limit, Optional.empty())),
                    () -> words + " " + filters + (newestFirst ? ", newest first" : ", oldest first"));
        }
    }

    /** All pages, one after another. */
    private List<UUID> found(ArtifactQuery first) {
        List<UUID> ids = new ArrayList<>();
        Optional<ArtifactQuery> query = Optional.of(first);
        while (query.isPresent()) {
            ArtifactQuery asked = query.get();
            Artifacts.OutlinePage page = artifacts.outlinePage(asked);
            page.outlines().forEach(artifact -> ids.add(artifact.id()));
            assertTrue(page.next().isEmpty() || page.outlines().size() == asked.limit(), asked::toString);
            query = page.next()
                    .map(next -> query(
                            asked.words().orElseThrow(),
                            asked.filters(),
                            asked.descending(),
                            asked.limit(),
                            Optional.of(next)));
        }
        return ids;
    }

    private static ArtifactQuery query(
            String words,
            Map<ArtifactFilter, Object> filters,
            boolean newestFirst,
            int limit,
            Optional<PageCursor> cursor) {
        return new ArtifactQuery(filters, Optional.of(words), ArtifactSort.CREATED_AT, newestFirst, cursor, limit);
    }

    private List<UUID> expected(String words, Map<ArtifactFilter, Object> filters, boolean newestFirst)
            throws SQLException {
        List<Map.Entry<ArtifactFilter, Object>> conditions = List.copyOf(filters.entrySet());
        String direction = newestFirst ? "desc" : "asc";
        String sql = """
                select a.id from artifact a join catalog_entry w on w.artifact_id = a.id
                where a.deleted_at is null and w.words @@ websearch_to_tsquery('english', ?)%s
                order by a.created_at %s, a.id %s""".formatted(
                conditions.stream()
                        .map(filter -> " and " + filter.getKey().condition().replaceAll(":\\w+", "?"))
                        .collect(Collectors.joining()),
                direction,
                direction);
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, words);
            for (int i = 0; i < conditions.size(); i++) {
                Object value = conditions.get(i).getValue();
                statement.setObject(i + 2, value instanceof Instant time ? java.sql.Timestamp.from(time) : value);
            }
            List<UUID> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
            return ids;
        }
    }
}
