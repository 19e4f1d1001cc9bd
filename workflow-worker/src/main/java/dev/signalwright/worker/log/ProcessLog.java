package dev.signalwright.worker.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * The process's own lines on stdout. There is one stdout, so there is one of these: secrets that are hidden once are
 * hidden everywhere.
 */
public final class ProcessLog {
    private static final LogLines LINES = new LogLines(
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
            Clock.systemUTC());

    private ProcessLog() {}

    public static LogLines lines() {
        return LINES;
    }

    /** From now on nothing reaches stdout or stderr but log lines. */
    public static void takeOver() {
        System.setOut(StrayPrints.out(LINES));
        System.setErr(StrayPrints.err(LINES));
        FrameworkLog.install(LINES);
    }
}
