package dev.signalwright.artifacts.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Under which account PostgreSQL runs: it refuses root, whose set-ups still must work. */
enum Account {
    /** This process's own: it is not root. */
    OWN(List.of()),
    /** Root without a name, in a user namespace of its own: the files stay root's. */
    UNMAPPED(List.of("unshare", "-U")),
    /** Nobody, where user namespaces are switched off: the data folder is given to it. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

    private static final int NOBODY_ID = 65534;
    private static final long PATIENCE_SECONDS = 5;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so
    private final List<String> prefix;

    Account(List<String> prefix) {
        this.prefix = prefix;
    }

    static Account ofThisProcess() throws IOException {
        if (((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).intValue() != 0) {
            return OWN;
        }
        return UNMAPPED.works() ? UNMAPPED : NOBODY;
    }

    private boolean works() {
        try {
            Process probe = new ProcessBuilder(command(List.of("true")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false; // the program is not there: the next account is tried
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<String> command(List<String> program) {
        return Stream.concat(prefix.stream(), program.stream()).toList();
    }

    /** Lets the account reach the folders and own the data. */
    void give(Path home, Path... owned) throws IOException {
        if (this != NOBODY) {
            return;
        }
        for (Path folder : owned) {
            try (Stream<Path> below = Files.walk(folder)) {
                for (Path path : below.toList()) {
                    Files.setAttribute(path, "unix:uid", NOBODY_ID);
                    Files.setAttribute(path, "unix:gid", NOBODY_ID);
                }
            }
        }
        Files.setAttribute(home, "unix:gid", NOBODY_ID);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x---"));
    }
}
