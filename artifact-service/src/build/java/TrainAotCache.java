import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Run by the build: starts the packaged service as its users do, uses it a little, stops it, and so makes the JVM write
 * {@code app.aot}. Argument: the folder {@code quarkus-app}.
 */
class TrainAotCache {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String TOKEN = "token-of-the-build-that-nobody-else-ever-sees";

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Path home = Files.createTempDirectory(folder.getParent(), "aot-home-");
        try {
            for (String role : List.of("viewer", "worker", "operator")) {
                Path token = Files.createDirectories(home.resolve("tokens")).resolve(role);
                Files.createFile(token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(token, TOKEN + "-" + role + "\n");
            }
            train(folder, home);
        } finally {
            awaitDatabaseStopped(home);
            delete(home);
        }
        if (!Files.exists(folder.resolve("app.aot"))) {
            throw new IOException("The service ran, but the JVM wrote no app.aot. -Dskip.aot builds without it.");
        }
    }

    private static void train(Path folder, Path home) throws Exception {
        int port = freePort();
        Path log = folder.resolveSibling("aot-training.log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(), "-XX:AOTCacheOutput=app.aot"));
        Files.readAllLines(folder.resolve("service.args")).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("-XX:AOTCache="))
                .flatMap(line -> Stream.of(line.split(" ")))
                .forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ARTIFACT_") || name.startsWith("QUARKUS_"));
        builder.environment().put("SIGNALWRIGHT_HOME", home.toString());
        builder.environment().put("ARTIFACT_SERVICE_PORT", Integer.toString(port));
        Process service = builder.start();
        try {
            use("http://127.0.0.1:" + port, service, log);
        } finally {
            service.destroy();
            if (!service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                service.destroyForcibly();
            }
        }
    }

    private static void use(String url, Process service, Path log) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(client, url)) {
            if (!service.isAlive() || System.nanoTime() > end) {
                throw new IOException("The service did not start for the AOT training; " + log
                        + " says why. -Dskip.aot builds without it.");
            }
            Thread.sleep(100);
        }
        for (String type : List.of("signal", "llm", "task_result")) {
            String place = "\"dag_id\":\"aot\",\"execution_id\":\"training\",\"task_id\":\"train\",\"map_index\":-1,\"try_number\":1";
            String body = "{\"key\":\"aot/training/train/-1/1/" + type + "/" + type + "\",\"type\":\"" + type
                    + "\",\"name\":\"" + type + "\"," + place
                    + ",\"response\":\"trained\",\"signal_data\":{\"outcome\":\"ABSTAINED\"},\"data\":{\"outcome\":\"done\"}}";
            send(client, HttpRequest.newBuilder(URI.create(url + "/api/artifacts"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        }
        for (String path : List.of(
                "/api/artifacts?count=exact&type=llm", "/api/artifacts?group_by=execution_id", "/api/executions",
                "/artifacts", "/q/health", "/q/metrics", "/api/artifacts/none")) {
            send(client, HttpRequest.newBuilder(URI.create(url + path)));
        }
    }

    /** The database outlives the service for a moment: it shuts down when it notices that the service is gone. */
    private static void awaitDatabaseStopped(Path home) throws InterruptedException {
        Path sign = home.resolve("postgres/data/postmaster.pid");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(sign) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    private static boolean isReady(HttpClient client, String url) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url + "/q/health/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws Exception {
        var answer = client.send(
                request.header("Authorization", "Bearer " + TOKEN + "-operator").build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 500) {
            throw new IOException("The training request failed: " + answer.statusCode() + " " + answer.body());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
