import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times starts of the packaged service in one home, whose database exists and was shut down in order: from the start of
 * the process to the first 200 of {@code /q/health/ready}. Called by service-start.sh.
 */
public final class ServiceStart {
    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");

    public static void main(String[] words) throws Exception {
        String java = words[0];
        Path folder = Path.of(words[1]);
        int rounds = words.length > 2 ? Integer.parseInt(words[2]) : 11;
        Path home = Files.createTempDirectory("service-start-");
        try {
            Path hello = hello(java, home);
            round(java, folder, home); // makes the database
            List<Double> helloMs = new ArrayList<>();
            List<double[]> starts = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                run(java, "-Xmx384m", "-XX:+UseSerialGC", "-cp", hello.toString(), "Hello");
                helloMs.add((System.nanoTime() - start) / 1e6);
                starts.add(round(java, folder, home));
            }
            double floor = median(helloMs);
            print("hello class", "ms", helloMs, floor);
            print("start to ready", "ms", column(starts, 0), floor);
            print("of it Quarkus's own", "ms", column(starts, 1), floor);
            print("processors' time", "ms", column(starts, 2), floor);
            print("resident when ready", "MB", column(starts, 3), 0);
        } finally {
            Service.forget(home);
        }
    }

    /** One start and its end: milliseconds to ready, those Quarkus tells, the processors', megabytes resident. */
    private static double[] round(String java, Path folder, Path home) throws Exception {
        double[] found;
        long start = System.nanoTime();
        try (Service service = new Service(java, folder, home, Map.of())) {
            double ready = (System.nanoTime() - start) / 1e6;
            Matcher told = STARTED.matcher(Files.readString(home.resolve("service.log")));
            double quarkus = told.find() ? Double.parseDouble(told.group(1)) * 1e3 : Double.NaN;
            found = new double[] {ready, quarkus, service.cpuSeconds() * 1e3, service.residentMegabytes()};
        }
        awaitDatabaseStopped(home);
        return found;
    }

    /** The database outlives the service for a moment; a start beside its shutdown would be another measurement. */
    private static void awaitDatabaseStopped(Path home) throws InterruptedException {
        Path sign = home.resolve("postgres/data/postmaster.pid");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.exists(sign)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("PostgreSQL did not stop.");
            }
            Thread.sleep(20);
        }
    }

    private static Path hello(String java, Path home) throws Exception {
        Path folder = Files.createDirectory(home.resolve("hello"));
        Path source = Files.writeString(
                folder.resolve("Hello.java"),
                "class Hello { public static void main(String[] a) { System.out.println(1); } }");
        run(Path.of(java).resolveSibling("javac").toString(), source.toString());
        return folder;
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("It failed: " + String.join(" ", command));
        }
    }

    private static List<Double> column(List<double[]> rows, int at) {
        return rows.stream().map(row -> row[at]).toList();
    }

    private static void print(String what, String unit, List<Double> values, double floor) {
        String ratio = floor == 0 ? "" : "  %5.1f x hello".formatted(median(values) / floor);
        System.out.printf(
                "%-20s %5.0f %s  (%.0f to %.0f)%s%n",
                what, median(values), unit, Collections.min(values), Collections.max(values), ratio);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
