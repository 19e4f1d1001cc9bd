import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills the service's database by COPY and waits for the catalogue. */
final class Store {
    static final int PER_RUN = 10;

    /** The newest runs have the size of real ones: 2,000 bars, 250 rows a chart; the others a hundredth. */
    static final int FULL_RUNS = 200;

    final Service service;
    int runs;
    private final Rows rows = new Rows();

    Store(Service service) {
        this.service = service;
    }

    boolean isEmpty() throws Exception {
        return artifactsCounted() == 0;
    }

    void fill(int artifacts) throws Exception {
        int first = runs;
        runs = artifacts / PER_RUN;
        long start = System.nanoTime();
        try (Connection connection = service.database();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local synchronous_commit = off");
            statement.execute("set local statement_timeout = 0");
            copy(connection, "execution (id, dag_id, run_id, state, degraded, created_at)", first, rows::execution);
            copy(connection, """
                    artifact (id, key, name, type, symbol, workflow_id, execution_id, dag_id, task_id, step_name,
                    map_index, try_number, as_of, prompt, chart_type, action, confidence,
                    signal_data, data_outline, metadata, origin, content_sha256, canonical, canonical_size, created_at,
                    updated_at, execution_uuid)""", first, (run, to) -> rows.artifacts(run, run >= runs - FULL_RUNS, to));
            copy(connection, "artifact_parent (artifact_id, position, parent_id)", first, rows::parents);
            statement.execute("""
                    insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                        execution_id)
                    select created_at, 'artifact.created', 'bench', id, type, symbol, content_sha256, execution_uuid,
                           dag_id, execution_id
                    from artifact where created_at >= '%s' order by created_at""".formatted(Rows.at(first, 0)));
            connection.commit();
            connection.setAutoCommit(true);
            double copied = (System.nanoTime() - start) / 1e9;
            start = System.nanoTime();
            while (artifactsCounted() < artifacts) {
                Thread.sleep(200);
            }
            System.out.printf(
                    "%,d artifacts: copied in %.0f s, in the catalogue after %.0f s more%n",
                    artifacts, copied, (System.nanoTime() - start) / 1e9);
            statement.execute("vacuum (analyze) artifact");
            statement.execute("vacuum (analyze) artifact_parent");
            statement.execute("vacuum (analyze) execution");
            statement.execute("vacuum (analyze) catalog_entry");
            statement.execute("vacuum (analyze) change");
        }
    }

    private int artifactsCounted() throws Exception {
        String body = service.get("/api/artifacts/stats/summary").body();
        return Integer.parseInt(body.replaceAll(".*\"artifacts\":(\\d+).*", "$1"));
    }

    private interface Writer {
        void write(int run, StringBuilder to);
    }

    private void copy(Connection connection, String table, int first, Writer writer) throws Exception {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
        StringBuilder lines = new StringBuilder();
        for (int run = first; run < runs; run++) {
            writer.write(run, lines);
            if (lines.length() > 1 << 20 || run == runs - 1) {
                byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                lines.setLength(0);
            }
        }
        copy.endCopy();
    }
}
