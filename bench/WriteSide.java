import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes of the packaged service over HTTP against {@code pgbench} inserting the same row into the same server, a table of
 * the same columns and indexes, in the same run. Both in turns; what is printed is the median of the turns.
 */
final class WriteSide {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32);
    private static final int ROUNDS = 3;
    private static final int SECONDS = 6;

    private final Service service;
    private final Pgbench pgbench;
    private final AtomicInteger loadsBegun = new AtomicInteger();

    private WriteSide(Service service, Path home) {
        this.service = service;
        this.pgbench = new Pgbench(service, home);
    }

    public static void main(String[] args) throws Exception {
        Path home = Files.createTempDirectory("signalwright-bench");
        try (Service service = new Service(args[0], Path.of(args[1]), home, Map.of())) {
            WriteSide bench = new WriteSide(service, home);
            List<String> asked = Arrays.stream(args).skip(2).toList();
            bench.warmUp();
            if (asked.isEmpty() || asked.contains("single")) {
                bench.single();
            }
            if (asked.isEmpty() || asked.contains("costs")) {
                bench.costs();
            }
            if (asked.isEmpty() || asked.contains("cpu")) {
                bench.cpu();
            }
            if (asked.isEmpty() || asked.contains("batches")) {
                bench.batches();
            }
            if (asked.isEmpty() || asked.contains("pictures")) {
                bench.pictures();
            }
        } finally {
            Service.forget(home);
        }
    }

    /** @param milliseconds of each answer, sorted; what one answer acknowledges is {@code rows} */
    record Load(double perSecond, double[] milliseconds) {
        double at(double share) {
            return milliseconds.length == 0
                    ? Double.NaN
                    : milliseconds[(int) Math.min(milliseconds.length - 1, Math.ceil(share * milliseconds.length) - 1)];
        }
    }

    private void warmUp() throws Exception {
        pgbench.makeTables();
        load(8, 6, Requests.Single::new, 201, 1);
        load(32, 45, Requests.Single::new, 201, 1);
        pgbench.run(8, 2, Pgbench.ROW);
    }

    // ---- What is measured ----

    private void single() throws Exception {
        System.out.printf(
                "%n%d B artifacts, one a request; pgbench inserts the same row%n%11s %12s %12s %7s %18s %18s %9s%n",
                Requests.BODY_BYTES, "connections", "pgbench/s", "service/s", "ratio", "pgbench p50   p99", "service p50   p99",
                "p99 ratio");
        for (int connections : CONNECTIONS) {
            List<Load> references = new ArrayList<>();
            List<Load> services = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                settle();
                references.add(pgbench.run(connections, SECONDS, Pgbench.ROW));
                settle();
                services.add(load(connections, SECONDS, Requests.Single::new, 201, 1));
            }
            Load reference = median(references);
            Load here = median(services);
            System.out.printf(
                    "%11d %12.0f %12.0f %7.2f %11.2f %6.2f %11.2f %6.2f %9.2f%n",
                    connections, reference.perSecond(), here.perSecond(), here.perSecond() / reference.perSecond(),
                    reference.at(0.5), reference.at(0.99), here.at(0.5), here.at(0.99), here.at(0.99) / reference.at(0.99));
        }
    }

    private void costs() throws Exception {
        System.out.printf("%nWhat each addition costs, at 8 connections (pgbench, statements of the service)%n");
        double first = 0;
        for (String[] step : List.of(
                new String[] {"the row", Pgbench.ROW},
                new String[] {"+ its row of change, same statement", Pgbench.ROW_AND_CHANGE},
                new String[] {"+ the run's row, same transaction", Pgbench.ROW_CHANGE_AND_RUN})) {
            double rate = medianRate(() -> pgbench.run(8, SECONDS, step[1]));
            first = first == 0 ? rate : first;
            System.out.printf("  %-44s %8.0f/s %6.2f%n", step[0], rate, rate / first);
        }
        for (int connections : CONNECTIONS) {
            double echo = medianRate(() -> load(connections, SECONDS, Requests.Refused::new, 422, 1));
            System.out.printf(
                    "  HTTP, checks, canonical form and hash alone, %2d connections %8.0f/s%n", connections, echo);
        }
    }

    /** Where the processors' time goes: threads of the service, processes of PostgreSQL. */
    private void cpu() throws Exception {
        for (int connections : CONNECTIONS) {
            cpu(connections, "artifact", Requests.Single::new);
        }
        load(8, 20, Requests.Picture::new, 201, 1);
        cpu(8, "picture", Requests.Picture::new);
    }

    private void cpu(int connections, String what, Function<String, Requests> workers) throws Exception {
        Map<String, Long> before = ticks();
        Load load = load(connections, 15, workers, 201, 1);
        Map<String, Long> after = ticks();
        double artifacts = load.perSecond() * 15;
        System.out.printf("%nProcessor time of one %s at %d connections (%.0f a second), microseconds%n", what, connections, load.perSecond());
        after.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), (entry.getValue() - before.getOrDefault(entry.getKey(), 0L)) * 10_000 / artifacts))
                .filter(entry -> entry.getValue() >= 5)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> System.out.printf("  %-60s %6.0f%n", entry.getKey(), entry.getValue()));
    }

    /** Hundredths of a second by kind of thread or process. */
    private Map<String, Long> ticks() throws Exception {
        Map<String, Long> ticks = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + service.process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                String name = Files.readString(thread.resolve("comm")).strip().replaceAll("[-# ]*[0-9]+$", "");
                ticks.merge("service: " + name, ticks(thread), Long::sum);
            }
        }
        try (Connection connection = service.database();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select pid, backend_type from pg_stat_activity")) {
            while (rows.next()) {
                Path process = Path.of("/proc/" + rows.getInt(1));
                if (Files.exists(process)) {
                    ticks.merge("postgres: " + rows.getString(2) + " " + rows.getInt(1), ticks(process), Long::sum);
                }
            }
        }
        ticks.put("this bench", ticks(Path.of("/proc/self")));
        return ticks;
    }

    private static long ticks(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] parts = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(parts[11]) + Long.parseLong(parts[12]);
    }

    private void batches() throws Exception {
        System.out.printf("%nBatches of 100 against single writes, artifacts a second%n");
        for (int connections : List.of(1, 8)) {
            double one = medianRate(() -> load(connections, SECONDS, Requests.Single::new, 201, 1));
            List<Load> hundreds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                hundreds.add(load(connections, SECONDS, worker -> new Requests.Batch(worker, 100), 200, 100));
            }
            Load hundred = median(hundreds);
            System.out.printf(
                    "  %2d connections: %8.0f single %8.0f in batches, ratio %5.2f; a batch p50 %.0f ms, p99 %.0f ms%n",
                    connections, one, hundred.perSecond(), hundred.perSecond() / one, hundred.at(0.5), hundred.at(0.99));
        }
    }

    private void pictures() throws Exception {
        load(8, 20, Requests.Picture::new, 201, 1);
        List<Load> loads = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            loads.add(load(8, SECONDS, Requests.Picture::new, 201, 1));
        }
        tell("as fast as it goes", median(loads));
        for (int perSecond : List.of(50, 100, 150)) {
            tell("at " + perSecond + " a second", load(8, 2 * SECONDS, Requests.Picture::new, 201, 1, 8_000_000_000L / perSecond));
        }
        System.out.printf("memory of the service %d MB%n", service.residentMegabytes());
    }

    private static void tell(String pace, Load pictures) {
        System.out.printf(
                "%nCharts with a picture of 200 KB, 8 connections, %s: %.0f a second, p50 %.1f ms, p99 %.1f ms%n",
                pace, pictures.perSecond(), pictures.at(0.5), pictures.at(0.99));
    }

    private interface Measured {
        Load run() throws Exception;
    }

    private static double medianRate(Measured measured) throws Exception {
        List<Load> loads = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            loads.add(measured.run());
        }
        return median(loads).perSecond();
    }

    private static Load median(List<Load> loads) {
        return loads.stream()
                .sorted(java.util.Comparator.comparingDouble(Load::perSecond))
                .toList()
                .get(loads.size() / 2);
    }

    /** What one of the two leaves to be written to disk is not the other's to pay for. */
    private void settle() throws Exception {
        try (Connection connection = service.database();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    private Load load(int connections, int seconds, Function<String, Requests> workers, int status, int rows)
            throws Exception {
        return load(connections, seconds, workers, status, rows, 0);
    }

    /** @param pause nanoseconds from one request of a connection to its next; 0 sends as fast as it goes */
    private Load load(
            int connections, int seconds, Function<String, Requests> workers, int status, int rows, long pause)
            throws Exception {
        String load = Integer.toString(loadsBegun.incrementAndGet());
        List<String> names =
                IntStream.range(0, connections).mapToObj(i -> load + "-" + i).toList();
        double[] taken = new Clients(service.port, status).send(names, workers, seconds, pause);
        return new Load(taken.length * (double) rows / seconds, taken);
    }
}
