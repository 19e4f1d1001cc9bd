package dev.signalwright.artifacts.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was stored by an earlier version is all there after its tables were changed. */
class OldRowsTest {
    @TempDir
    static Path home;

    private static final String CONTENT = """
            {"data":{"columns":["date"],"conid":1,"rows":[["2012-09-19"],["2012-09-20"]]},"response":"hold"}""";

    @Test
    void contentThatStoodInColumnsIsReadFromTheCanonicalBytes() throws Exception {
        try (ScratchServer server = new ScratchServer(home)) {
            DataSource database = server.fresh("old");
            Flyway.configure().dataSource(database).target("0050").load().migrate();
            for (String type : new String[] {"market_data", "portfolio"}) {
                ScratchServer.run(database, """
                        insert into artifact (id, name, type, data, response, origin, content_sha256, canonical,
                            canonical_size, created_at, updated_at)
                        values (gen_random_uuid(), 'a', '%s', cast('%s' as jsonb) -> 'data', 'hold', 'unknown',
                            repeat('a', 64), convert_to('%s', 'UTF8'), 1, now(), now())""".formatted(type, CONTENT, CONTENT));
            }
            Flyway.configure().dataSource(database).load().migrate();
            assertEquals(
                    "{\"bars\": 2, \"conid\": 1, \"columns\": [\"date\"]}",
                    ScratchServer.text(database, "select data_outline from artifact where type = 'market_data'"));
            assertEquals(
                    1,
                    ScratchServer.number(
                            database,
                            "select count(*) from artifact where type = 'portfolio' and data_outline is null"));
            assertEquals(
                    2,
                    ScratchServer.number(
                            database,
                            "select count(*) from artifact_content where content ->> 'response' = 'hold'"
                                    + " and content -> 'data' -> 'rows' ->> 1 = '[\"2012-09-20\"]'"));
        }
    }
}
