package dev.signalwright.artifacts.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The commands that users type, {@code ./signalwright ...}, in a home that finds the packaged service as if {@code up} had built it. */
public final class Launcher implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("..", "signalwright").toAbsolutePath().normalize();
    private static final Path SERVICE = Path.of("target", "quarkus-app").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 120;

    private final Path home;
    private final Map<String, String> settings;

    /** @param settings of the environment, on top of the home */
    public Launcher(Path home, Map<String, String> settings) throws IOException {
        this.home = home;
        this.settings = settings;
        Files.writeString(home.resolve("state.json"), "{\"build_key\": \"packaged\"}\n");
        Files.createSymbolicLink(
                Files.createDirectories(home.resolve("parts/packaged")).resolve("service"), SERVICE);
        Files.createFile(
                Files.createDirectories(home.resolve("airflow/venv/bin")).resolve("python"));
    }

    /** How a command ended and everything that it said. */
    public record Done(int status, String said) {}

    public Done run(String... words) throws IOException, InterruptedException {
        Path said = Files.createTempFile(home, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(words))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SIGNALWRIGHT_HOME", home.toString());
        builder.environment().putAll(settings);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(List.of(words) + " does not end: " + Files.readString(said));
        }
        return new Done(process.exitValue(), Files.readString(said));
    }

    /** The link out of the home goes: who removes the home must not wonder. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(home.resolve("parts/packaged/service"));
    }
}
