import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Times worker processes from their start: to the first log line, to the first artifact's arrival at a local HTTP
 * server, to the end. Prints medians and the ratio to a hello class. Called by worker-start.sh.
 */
public final class WorkerStart {
    private static volatile long arrived;

    public static void main(String[] words) throws Exception {
        String java = words[0];
        Path worker = Path.of(words[1]);
        int rounds = Integer.parseInt(words[3]);
        Path home = Files.createTempDirectory("worker-start");
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PUT") && arrived == 0) {
                arrived = System.nanoTime();
            }
            byte[] body = "{\"artifacts\":[]}".getBytes();
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("PUT") ? 201 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.setExecutor(Executors.newCachedThreadPool());
        service.start();
        Path hello = Files.writeString(home.resolve("Hello.java"), "class Hello { public static void main(String[] a) { System.out.println(1); } }");
        new ProcessBuilder(Path.of(java).resolveSibling("javac").toString(), hello.toString()).inheritIO().start().waitFor();

        List<Double> helloMs = new ArrayList<>();
        List<Double> lineMs = new ArrayList<>();
        List<Double> artifactMs = new ArrayList<>();
        List<Double> endMs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            run(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", home.toString(), "Hello"), home, Map.of());
            helloMs.add((System.nanoTime() - start) / 1e6);

            arrived = 0;
            start = System.nanoTime();
            long firstLine = run(List.of(java, "@worker.args", words[2]), worker, Map.of(
                    "SIGNALWRIGHT_HOME", home.toString(),
                    "ARTIFACT_SERVICE_URL", "http://127.0.0.1:" + service.getAddress().getPort(),
                    "ARTIFACT_SERVICE_TOKEN", "bench-only",
                    "WORKFLOW_DAG_ID", "bench",
                    "WORKFLOW_RUN_ID", "round-" + round,
                    "WORKFLOW_RUN_AFTER", "2012-09-20T13:00:00Z"));
            endMs.add((System.nanoTime() - start) / 1e6);
            lineMs.add((firstLine - start) / 1e6);
            if (arrived != 0) {
                artifactMs.add((arrived - start) / 1e6);
            }
        }
        service.stop(0);
        double floor = median(helloMs);
        System.out.printf("hello class            %6.0f ms%n", floor);
        print("first business line", lineMs, floor);
        print("first artifact arrived", artifactMs, floor);
        print("end of the process", endMs, floor);
        System.exit(0);
    }

    /** Runs to the end; returns when the first line was read. */
    private static long run(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader()) {
            lines.readLine();
            long first = System.nanoTime();
            while (lines.readLine() != null) {
                // To the end.
            }
            process.waitFor();
            return first;
        }
    }

    private static void print(String what, List<Double> values, double floor) {
        if (values.isEmpty()) {
            System.out.println(what + ": never");
        } else {
            System.out.printf("%-22s %6.0f ms  %5.1f x hello%n", what, median(values), median(values) / floor);
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
