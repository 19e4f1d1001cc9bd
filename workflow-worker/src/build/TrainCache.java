import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Build step: writes the worker's AOT cache. Runs the packaged worker once over the tasks of a typical run, against a
 * stand-in for the artifact service that stores nothing and, when it is packaged, the gateway simulator on real bars;
 * then starts it once more with the cache made obligatory, so that a cache that does not load fails the build.
 *
 * <p>Usage: java TrainCache.java WORKER_FOLDER BARS_FOLDER
 */
public final class TrainCache {
    private static final List<String> TASKS = List.of(
            "preflight",
            "fetch_market_data",
            "generate_daily_chart",
            "generate_weekly_chart",
            "analyze_with_llm",
            "place_order",
            "get_trades",
            "get_portfolio",
            "log_to_mlflow",
            "deliver_artifacts");

    public static void main(String[] words) throws IOException, InterruptedException {
        Path worker = Path.of(words[0]).toAbsolutePath();
        Path bars = Path.of(words[1]).toAbsolutePath();
        Path home = Files.createTempDirectory("signalwright-training");
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", TrainCache::answer);
        service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        service.start();
        try {
            Map<String, String> environment = Map.of(
                    "SIGNALWRIGHT_HOME", home.toString(),
                    "ARTIFACT_SERVICE_URL", "http://127.0.0.1:" + service.getAddress().getPort(),
                    "ARTIFACT_SERVICE_TOKEN", "training-only",
                    "WORKFLOW_DAG_ID", "training",
                    "WORKFLOW_RUN_ID", "training",
                    "WORKFLOW_RUN_AFTER", "2012-09-20T13:00:00Z",
                    "WORKFLOW_RESULT_FILE", home.resolve("result.json").toString());
            List<String> command = command(worker, "-XX:AOTCacheOutput=app.aot");
            command.add(TASKS.getFirst());
            TASKS.stream().skip(1).forEach(task -> command.addAll(List.of("--then", task)));
            run(command, worker, environment, home.resolve("training.log"));
            if (!Files.exists(worker.resolve("app.aot"))) {
                throw new IOException("The training run wrote no app.aot:\n" + Files.readString(home.resolve("training.log")));
            }
            List<String> check = command(worker, "-XX:AOTCache=app.aot");
            check.add(1, "-XX:AOTMode=on");
            check.add("--version");
            if (run(check, worker, environment, home.resolve("check.log")) != 0) {
                throw new IOException("The AOT cache does not load:\n" + Files.readString(home.resolve("check.log")));
            }
            System.out.println("AOT cache: " + Files.size(worker.resolve("app.aot")) / (1024 * 1024) + " MB");
        } finally {
            service.stop(0);
            delete(home);
        }
    }

    /** The arguments of worker.args with another word about the cache, because a cache fits only its own arguments. */
    private static List<String> command(Path worker, String cacheOption) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String line : Files.readAllLines(worker.resolve("worker.args"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                command.add(line.startsWith("-XX:AOTCache=") ? cacheOption : line);
            }
        }
        return command;
    }

    private static int run(List<String> command, Path folder, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("The worker did not end within 5 minutes: " + String.join(" ", command));
        }
        return process.exitValue();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean stores = exchange.getRequestMethod().equals("PUT");
        byte[] body = (stores ? "{\"state\":\"intended\"}" : "{\"artifacts\":[],\"next_cursor\":null}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(stores ? 201 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
