package dev.signalwright.artifacts.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as its users start it: a process of its own, in a home of its own. */
public final class PackagedService implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "quarkus-app").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TOKEN = "operator-token-of-this-test-0123456789";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Path home;
    private final Map<String, String> settings;
    private final int port;
    private Process process;

    public PackagedService(Path home) throws IOException {
        this(home, Map.of());
    }

    /** @param settings more of its environment */
    public PackagedService(Path home, Map<String, String> settings) throws IOException {
        this.home = home;
        this.settings = settings;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
        for (String role : List.of("viewer", "worker", "operator")) {
            Path token = Files.createDirectories(home.resolve("tokens")).resolve(role);
            Files.writeString(token, (role.equals("operator") ? TOKEN : role + "-" + TOKEN) + "\n");
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        }
    }

    public void start() throws Exception {
        launch();
        await(200);
    }

    /** Starts it without waiting for anything. */
    public void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "@service.args")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("service.log").toFile()));
        builder.environment().put("SIGNALWRIGHT_HOME", home.toString());
        builder.environment().put("ARTIFACT_SERVICE_PORT", Integer.toString(port));
        builder.environment().putAll(settings);
        process = builder.start();
    }

    /** Waits until the log says that. */
    public void awaitLog(String words) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains(words)) {
            if (System.nanoTime() > end) {
                throw new IOException("It does not say \"" + words + "\": " + log());
            }
            Thread.onSpinWait();
        }
    }

    public String log() throws IOException {
        Path log = home.resolve("service.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Asks it to end, as a service manager does; false when it has not ended within these seconds. */
    public boolean ends(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Waits until the readiness address answers with that status. */
    public void await(int status) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (readiness() != status) {
            if (System.nanoTime() > end) {
                throw new IOException("No " + status + ": " + Files.readString(home.resolve("service.log")));
            }
            Thread.onSpinWait();
        }
    }

    private int readiness() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode();
        } catch (IOException notYet) {
            return -1;
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, "application/json", json);
    }

    public HttpResponse<String> post(String path, String mediaType, String body)
            throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", mediaType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    public HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** An artifact with its bytes. */
    public HttpResponse<String> post(String json, byte[] content) throws IOException, InterruptedException {
        byte[] head =
                ("--edge\r\nContent-Disposition: form-data; name=\"artifact\"\r\nContent-Type: application/json\r\n\r\n"
                                + json
                                + "\r\n--edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n"
                                + "Content-Type: application/octet-stream\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8);
        return send(request("/api/artifacts")
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(HttpRequest.BodyPublishers.concat(
                        HttpRequest.BodyPublishers.ofByteArray(head),
                        HttpRequest.BodyPublishers.ofByteArray(content),
                        HttpRequest.BodyPublishers.ofByteArray(tail))));
    }

    public int port() {
        return port;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The process id of its PostgreSQL. */
    public long postgres() throws IOException {
        return Long.parseLong(Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                .getFirst()
                .strip());
    }

    public void kill() throws Exception {
        process.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (process == null) {
            return; // never started
        }
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
