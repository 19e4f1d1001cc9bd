import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code pgbench} inserting the rows of an artifact into tables of the same columns and indexes, at the service's own server. */
final class Pgbench {
    private static final List<String> COLUMNS = List.of(
            "name", "type", "symbol", "workflow_id", "execution_id", "dag_id", "task_id", "step_name", "map_index",
            "try_number", "as_of", "metadata", "origin", "content_sha256", "canonical", "canonical_size");
    private static final String VALUES =
            ":name, :type, :symbol, :workflow, 'run-' || :run, :workflow, :task, :task, -1, 1, cast(:as_of as timestamptz),"
                    + " '{}', 'unknown', encode(sha256(cast(gen_random_uuid() as text)::bytea), 'hex'),"
                    + " decode(:canonical, 'hex'), 4096";
    private static final String INSERT = "insert into bench_artifact (id, key, created_at, updated_at, execution_uuid, "
            + String.join(", ", COLUMNS) + ") values (gen_random_uuid(), 'bench/' || gen_random_uuid(), now(), now(),"
            + " cast(md5('run-' || :run) as uuid), " + VALUES + ")";
    static final String ROW = INSERT + ";\n";
    static final String ROW_AND_CHANGE = "with stored as (" + INSERT
            + " returning id, type, symbol, content_sha256, execution_uuid, dag_id, execution_id, created_at)"
            + " insert into bench_change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid,"
            + " dag_id, execution_id) select created_at, 'artifact.created', 'bench', id, type, symbol, content_sha256,"
            + " execution_uuid, dag_id, execution_id from stored;\n";
    static final String ROW_CHANGE_AND_RUN = "begin;\n" + ROW_AND_CHANGE
            + "insert into bench_execution (id, dag_id, run_id, state, degraded, created_at)"
            + " values (cast(md5('run-' || :run) as uuid), :workflow, 'run-' || :run, 'running', false, now())"
            + " on conflict (id) do nothing;\nend;\n";

    private final Service service;
    private final Path home;

    Pgbench(Service service, Path home) {
        this.service = service;
        this.home = home;
    }

    /** Once, before the first run. */
    void makeTables() throws Exception {
        try (Connection connection = service.database();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("artifact", "change", "execution")) {
                statement.execute("create table bench_" + table + " (like " + table + " including all)");
            }
            // Which "like" does not copy.
            statement.execute("alter table bench_artifact set (toast.autovacuum_vacuum_insert_threshold = -1)");
        }
    }

    WriteSide.Load run(int clients, int seconds, String script) throws Exception {
        Path folder = Files.createDirectories(home.resolve("pgbench"));
        try (Stream<Path> old = Files.list(folder)) {
            old.forEach(file -> file.toFile().delete());
        }
        Path file = Files.writeString(folder.resolve("script.sql"), "\\set run random(1, 100000)\n" + script);
        String data = Requests.Single.data(Requests.BODY_BYTES - 420);
        Path postgres = home.resolve("postgres");
        List<String> command = new ArrayList<>(List.of(
                "pgbench", "--no-vacuum", "-M", "prepared", "-h", "127.0.0.1", "-p",
                Files.readString(postgres.resolve("port")).strip(), "-U", "signalwright", "-c", Integer.toString(clients),
                "-j", Integer.toString(Math.min(2, clients)), "-T", Integer.toString(seconds), "-f", file.toString(), "-l",
                "--log-prefix=" + folder.resolve("log")));
        Map.of(
                        "name", "portfolio", "type", "portfolio", "symbol", "AAPL", "workflow", "bench", "task", "task",
                        "as_of", "2012-09-20T13:00:00Z", "canonical",
                        HexFormat.of().formatHex((data + " ".repeat(Requests.BODY_BYTES - data.length())).getBytes(StandardCharsets.UTF_8)))
                .forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
        command.add("postgres");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", Files.readString(postgres.resolve("password")).strip());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        double rate = output.lines()
                .filter(line -> line.startsWith("tps = "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[2]))
                .findFirst()
                .orElseThrow();
        List<double[]> taken = new ArrayList<>();
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.filter(one -> one.getFileName().toString().startsWith("log")).toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    taken.add(lines.mapToDouble(line -> Double.parseDouble(line.split(" ")[2]) / 1e3).toArray());
                }
            }
        }
        return new WriteSide.Load(rate, taken.stream().flatMapToDouble(Arrays::stream).sorted().toArray());
    }
}
