package dev.signalwright.artifacts.blob;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real S3 server over a folder, in a process of its own. */
public final class S3Proxy implements AutoCloseable {
    public static final String BUCKET = "artifacts";
    private static final Path JAR = Path.of("target", "s3proxy", "s3proxy.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path folder;

    public S3Proxy(Path home) throws Exception {
        folder = Files.createDirectories(home.resolve("data").resolve(BUCKET));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path settings = Files.writeString(home.resolve("s3proxy.properties"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem
                jclouds.filesystem.basedir=%s
                """.formatted(
                        endpoint(), FixedS3.ACCESS_KEY, FixedS3.SECRET_KEY, home.resolve("data")));
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("s3proxy.log").toFile())
                .start();
        await(home);
    }

    private void await(Path home) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("No s3proxy: " + Files.readString(home.resolve("s3proxy.log")));
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** As the service's environment names it. */
    public Map<String, String> settings(String prefix) {
        return Map.of(
                "ARTIFACT_BLOB_STORE",
                "s3://" + BUCKET + "/" + prefix,
                "ARTIFACT_BLOB_S3_ENDPOINT",
                endpoint().toString(),
                "ARTIFACT_BLOB_S3_ACCESS_KEY",
                FixedS3.ACCESS_KEY,
                "ARTIFACT_BLOB_S3_SECRET_KEY",
                FixedS3.SECRET_KEY);
    }

    public Path file(String key) {
        return folder.resolve(key);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
