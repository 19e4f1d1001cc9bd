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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Build step: writes the worker's AOT cache. Runs the packaged worker once over the tasks of a typical run, against a
 * stand-in for the artifact service that stores nothing and the gateway simulator on real bars; a task that does not
 * get through fails the build, because the cache would lack what it needs. Then starts the worker once more with the
 * cache made obligatory, so that a cache that does not load fails the build too.
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
        Process gateway = null;
        try {
            Path gatewayLog = home.resolve("gateway.log");
            gateway = gateway(worker, bars, home, gatewayLog);
            Map<String, String> environment = Map.ofEntries(
                    Map.entry("SIGNALWRIGHT_HOME", home.toString()),
                    Map.entry("ARTIFACT_SERVICE_URL", "http://127.0.0.1:" + service.getAddress().getPort()),
                    Map.entry("ARTIFACT_SERVICE_TOKEN", "training-only"),
                    Map.entry("IBKR_HOST", "127.0.0.1"),
                    Map.entry("IBKR_PORT", gatewayPort(gateway, gatewayLog)),
                    Map.entry("TRADING_MODE", "simulated"),
                    Map.entry("SYMBOLS", "AAPL,IBM"),
                    Map.entry("WORKFLOW_DAG_ID", "training"),
                    Map.entry("WORKFLOW_RUN_ID", "training"),
                    Map.entry("WORKFLOW_RUN_AFTER", "2012-09-20T13:00:00Z"),
                    Map.entry("WORKFLOW_RESULT_FILE", home.resolve("result.json").toString()));
            List<String> command = command(worker, "-XX:AOTCacheOutput=app.aot");
            command.add(TASKS.getFirst());
            TASKS.stream().skip(1).forEach(task -> command.addAll(List.of("--then", task)));
            run(command, worker, environment, home.resolve("training.log"));
            String said = Files.readString(home.resolve("training.log"));
            if (!Files.exists(worker.resolve("app.aot")) || said.contains("\"level\":\"error\"")) {
                throw new IOException("The training run did not get through (-Dskip.aot=true builds without):\n" + said);
            }
            List<String> check = command(worker, "-XX:AOTCache=app.aot");
            check.add(1, "-XX:AOTMode=on");
            check.add("--version");
            if (run(check, worker, environment, home.resolve("check.log")) != 0) {
                throw new IOException("The AOT cache does not load:\n" + Files.readString(home.resolve("check.log")));
            }
            System.out.println("AOT cache: " + Files.size(worker.resolve("app.aot")) / (1024 * 1024) + " MB");
        } finally {
            if (gateway != null) {
                gateway.destroyForcibly().waitFor();
            }
            service.stop(0);
            delete(home);
        }
    }

    private static Process gateway(Path worker, Path bars, Path home, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@simulator.args",
                        "--bars", bars.toString(),
                        "--clock", "2012-09-20T09:00-04:00",
                        "--port", "0",
                        "--control-port", "0",
                        "--state-dir", home.resolve("gateway").toString())
                .directory(worker.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static String gatewayPort(Process gateway, Path log) throws IOException, InterruptedException {
        Pattern ready = Pattern.compile("ready port=(\\d+)");
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1); System.nanoTime() < end; Thread.sleep(50)) {
            Matcher found = ready.matcher(Files.readString(log));
            if (found.find()) {
                return found.group(1);
            }
            if (!gateway.isAlive()) {
                break;
            }
        }
        throw new IOException("The gateway simulator did not start:\n" + Files.readString(log));
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
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean stores = exchange.getRequestMethod().equals("PUT");
        boolean intent = exchange.getRequestURI().getPath().startsWith("/api/order-intents/");
        String stored = intent && stores ? "{\"state\":\"intended\"," + sent.substring(1) : "{}";
        byte[] body = (stores || intent ? stored : "{\"artifacts\":[],\"next_cursor\":null}")
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
