package dev.signalwright.artifacts.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL of our own: unpacked, initialised and started in one folder, on loopback, with a password, fsync on. A small
 * shell holds it as its child and shuts it down fast when this process ends in whatever way, so that no orphan stays. When
 * it dies it is started again on the same port. One instance per folder; thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The only account inside. */
    public static final String USER = "signalwright";

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * Runs the command as a child, prints its process id, and interrupts it (a fast shutdown) when standard input ends.
     * Descriptor 3 is the life line: a shell gives /dev/null to its background children instead of standard input.
     */
    private static final String SUPERVISOR = """
            exec 3<&0
            "$@" </dev/null 3<&- >&2 &
            child=$!
            echo "$child"
            exec >&-
            ( cat <&3 >/dev/null; kill -INT "$child" 2>/dev/null ) &
            watch=$!
            exec 3<&-
            wait "$child"
            code=$?
            kill "$watch" 2>/dev/null
            exit "$code"
            """;

    private final PostgresFolder folder;
    private final Account account;
    private final Path programs;
    private final String password;
    private final int port;
    private final Thread watch;
    private volatile boolean closing;
    private volatile Process supervisor;
    private volatile long pid;

    private EmbeddedPostgres(PostgresFolder folder) throws IOException {
        this.folder = folder;
        this.account = Account.ofThisProcess();
        this.programs = PostgresBinaries.unpackedIn(folder.path());
        SecureRandom random = new SecureRandom();
        this.password = folder.password(random);
        initialise();
        stopOrphan();
        this.port = folder.port(random);
        this.supervisor = launch();
        this.watch = Thread.ofPlatform().daemon().name("postgres-watch").unstarted(this::watch);
    }

    /**
     * Starts PostgreSQL in that folder and returns when it accepts connections.
     *
     * @throws PostgresException with a sentence when it cannot
     */
    public static EmbeddedPostgres start(Path path) {
        try {
            PostgresFolder folder = PostgresFolder.take(path.toAbsolutePath().normalize());
            try {
                EmbeddedPostgres postgres = new EmbeddedPostgres(folder);
                postgres.watch.start();
                return postgres;
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new PostgresException(
                    "The embedded PostgreSQL in " + path + " cannot be started: " + e.getMessage()
                            + ". Set ARTIFACT_DB_URL to use a PostgreSQL of your own.",
                    e);
        }
    }

    /** For the pool. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String password() {
        return password;
    }

    /** The server's process id: it changes when the server is restarted. */
    public long pid() {
        return pid;
    }

    private void initialise() throws IOException {
        Path version = folder.data().resolve("PG_VERSION");
        if (Files.exists(version)) {
            refuseOtherVersion(Files.readString(version).strip());
            account.give(folder.path(), folder.data());
            return;
        }
        Path unfinished = Files.createTempDirectory(folder.path(), "initialising-");
        account.give(folder.path(), unfinished);
        Process initdb = start(
                List.of(
                        programs.resolve("bin/initdb").toString(),
                        "-D",
                        unfinished.toString(),
                        "-U",
                        USER,
                        "--pwfile=/dev/stdin",
                        "--auth=scram-sha-256",
                        // Many rounds protect a password that can be guessed. This one is random, and 4,096 rounds of
                        // a JVM that has just started are a fifth of a second of its start.
                        "--set=scram_iterations=256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"),
                ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        try (OutputStream stdin = initdb.getOutputStream()) {
            stdin.write((password + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (await(initdb) != 0) {
            throw new PostgresException("initdb failed; " + folder.log() + " says why.");
        }
        Files.move(unfinished, folder.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** PostgreSQL itself would refuse too, but its log does not say what to do. */
    private void refuseOtherVersion(String major) {
        if (!major.equals(PostgresBinaries.MAJOR)) {
            throw new PostgresException("The database in " + folder.data() + " is of PostgreSQL " + major
                    + ", this version brings PostgreSQL " + PostgresBinaries.MAJOR
                    + ". Write a backup with the version of Signalwright that made it (./signalwright backup FILE), move"
                    + " the folder postgres away, then restore with this one (./signalwright restore FILE).");
        }
    }

    /** A server whose supervisor was killed has nobody who stops it: it is stopped before the next one starts. */
    private void stopOrphan() throws IOException {
        var orphan = folder.orphan();
        if (orphan.isEmpty()) {
            return;
        }
        LOG.infof(
                "Stopping the PostgreSQL %d that an earlier start left behind",
                orphan.get().pid());
        await(start(List.of("kill", "-INT", Long.toString(orphan.get().pid())), ProcessBuilder.Redirect.DISCARD));
        orphan.get().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SUPERVISOR, "postgres-supervisor"));
        command.addAll(account.command(List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                folder.data().toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=50",
                "-c",
                "log_timezone=UTC",
                "-c",
                "timezone=UTC",
                "-c",
                "wal_compression=on",
                // Pages that writers put out gather in the machine's memory, and the checkpoint's wait for the disk
                // then
                // holds up every commit: pictures of 200 KB waited up to 330 ms, with this up to 54.
                "-c",
                "backend_flush_after=512kB")));
        Process process = process(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        pid = line.matches("\\d{1,9}") ? Long.parseLong(line) : -1;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!folder.isReady(pid)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.getOutputStream().close();
                throw new PostgresException("PostgreSQL did not start; " + folder.log() + " says why.");
            }
            pause(PAUSE);
        }
        return process;
    }

    private void watch() {
        while (!closing) {
            supervisor.onExit().join();
            closeQuietly(supervisor);
            for (Duration pause = PAUSE; !closing; pause = longer(pause)) {
                LOG.warn("PostgreSQL ended; starting it again on its port");
                try {
                    stopOrphan();
                    supervisor = launch();
                    break;
                } catch (IOException | RuntimeException e) {
                    LOG.errorf("PostgreSQL cannot be started again: %s", e.getMessage());
                    pause(pause);
                }
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private static void closeQuietly(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("The life line was cut already", e);
        }
    }

    private Process start(List<String> program, ProcessBuilder.Redirect output) throws IOException {
        return process(account.command(program))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /** Nothing of our environment, which may hold secrets, reaches the children. */
    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.path().toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private static int await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new PostgresException("A program of PostgreSQL did not end within " + PATIENCE + ".");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while PostgreSQL was started.", e);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while PostgreSQL was started.", e);
        }
    }

    /** A fast shutdown: open transactions end, everything committed is on disk. */
    @Override
    public void close() {
        closing = true;
        closeQuietly(supervisor);
        await(supervisor);
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of " + folder.path() + " cannot be released.", e);
        }
    }
}
