package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A client nobody here wrote, the npm package {@code @stoqey/ib}, against the simulator. It needs Node and, the first
 * time, the package registry; without them the test is skipped and says so, except where {@code CI} is set: there it fails.
 */
class ForeignClientTest {
    private static final Path SOURCE = Path.of("src", "test", "foreign");
    private static final Path FOLDER = Path.of("target", "foreign");
    private static final int OK = 0;

    @Test
    void worksUnchangedThroughEveryMessage() throws Exception {
        if (!onPath("node") || !onPath("npm")) {
            without("Node and npm are missing");
        }
        install();
        try (Desk history = Desk.onHistory();
                Desk madeUp = Desk.onMadeUpSeries()) {
            Said said = run(
                    "node",
                    "stoqey.mjs",
                    Integer.toString(history.gateway.port()),
                    Integer.toString(history.gateway.controlPort()),
                    Integer.toString(madeUp.gateway.port()));
            assertEquals(OK, said.status(), said.words());
            assertTrue(said.words().contains("0 decode errors"), said.words());
        }
    }

    /** The packages lie in the build folder and are fetched again only when the lock file changes. */
    private static void install() throws Exception {
        Files.createDirectories(FOLDER);
        Path lock = FOLDER.resolve("package-lock.json");
        boolean installed = Files.isDirectory(FOLDER.resolve("node_modules"))
                && Files.exists(lock)
                && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) < 0;
        Files.copy(SOURCE.resolve("stoqey.mjs"), FOLDER.resolve("stoqey.mjs"), REPLACE);
        if (installed) {
            return;
        }
        for (String file : List.of("package.json", ".npmrc", "package-lock.json")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), REPLACE);
        }
        Said said = run("npm", "ci", "--prefer-offline", "--ignore-scripts");
        if (said.status() != OK) {
            Files.deleteIfExists(lock);
            without("npm could not fetch @stoqey/ib: "
                    + said.words().lines().findFirst().orElse("no words"));
        }
    }

    private static final java.nio.file.CopyOption REPLACE = java.nio.file.StandardCopyOption.REPLACE_EXISTING;

    private record Said(int status, String words) {}

    private static Said run(String... words) throws IOException, InterruptedException {
        Path log = FOLDER.resolve(words[0] + ".log");
        Process process = new ProcessBuilder(words)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new Said(-1, "not done after two minutes\n" + Files.readString(log));
        }
        return new Said(process.exitValue(), Files.readString(log));
    }

    private static void without(String reason) {
        String words = "The foreign client did NOT run against the simulator: " + reason;
        assertTrue(System.getenv("CI") == null, words);
        abort(words);
    }

    private static boolean onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
