import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged service as a process with a home and a database of its own. */
final class Service implements AutoCloseable {
    static final String TOKEN = "bench-token-0123456789-0123456789-";

    final int port;
    final Process process;
    private final Path home;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Service(String java, Path folder, Path home, Map<String, String> settings) throws Exception {
        this.home = home;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.createDirectories(home.resolve("tokens"));
        for (String role : List.of("viewer", "worker", "operator")) {
            Path token = home.resolve("tokens").resolve(role);
            Files.writeString(token, TOKEN + role + "\n");
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        }
        ProcessBuilder builder = new ProcessBuilder(java, "@service.args")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("service.log").toFile());
        builder.environment().put("SIGNALWRIGHT_HOME", home.toString());
        builder.environment().put("ARTIFACT_SERVICE_PORT", Integer.toString(port));
        builder.environment().putAll(settings);
        process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isReady()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException(Files.readString(home.resolve("service.log")));
            }
            Thread.sleep(10);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + TOKEN + "operator")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Connection database() throws Exception {
        Path postgres = home.resolve("postgres");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                        + Files.readString(postgres.resolve("port")).strip() + "/postgres",
                "signalwright",
                Files.readString(postgres.resolve("password")).strip());
    }

    /** Megabytes of the process that are in memory. */
    long residentMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        }
    }

    double cpuSeconds() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
    }

    static void forget(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
