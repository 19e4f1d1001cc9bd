package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The simulator as a client sees it that nobody here wrote: the npm package {@code @stoqey/ib}, which is strict (it reports
 * missing and left-over fields). Skipped, with a word, where Node or npm is missing.
 */
class ForeignClientTest {
    private static final Path SOURCE = Path.of("src", "test", "foreign");
    private static final Path FOLDER = Path.of("target", "foreign");
    private static final long MOST_SECONDS = 120;

    @Test
    void goesThroughEveryMessageWithoutADecodeError() throws IOException, InterruptedException {
        assumeTrue(present("node") && present("npm"), "SKIPPED: the foreign client needs node and npm on the PATH");
        Files.createDirectories(FOLDER);
        for (String name : List.of("package.json", "package-lock.json", ".npmrc", "stoqey.mjs")) {
            Files.copy(SOURCE.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Run installed = run("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        assertEquals(0, installed.status(), installed.output());
        try (Desk desk = Desk.onHistory()) {
            Run done = run(
                    "node",
                    "stoqey.mjs",
                    Integer.toString(desk.gateway.port()),
                    Integer.toString(desk.gateway.controlPort()));
            assertEquals(0, done.status(), done.output() + desk.printed.toString(StandardCharsets.UTF_8));
            assertTrue(done.output().contains("ok: 0 decode errors"), done.output());
        }
    }

    private record Run(int status, String output) {}

    private static Run run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("foreign", ".log");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        Files.delete(output);
        return new Run(ended ? process.exitValue() : -1, text);
    }

    private static boolean present(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
