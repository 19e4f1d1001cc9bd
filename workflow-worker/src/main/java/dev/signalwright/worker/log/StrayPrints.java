package dev.signalwright.worker.log;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A stream for {@code System.out} and {@code System.err}: what a library prints becomes one log line per printed line
 * instead of breaking the JSON. Unfinished lines are held back up to {@link #MOST_HELD_BYTES}.
 */
public final class StrayPrints extends OutputStream {
    private static final int MOST_HELD_BYTES = 4 * 1024;

    private final LogLines lines;
    private final String logger;
    private final LogLevel level;
    private final byte[] held = new byte[MOST_HELD_BYTES];
    private int count;

    private StrayPrints(LogLines lines, String logger, LogLevel level) {
        this.lines = lines;
        this.logger = logger;
        this.level = level;
    }

    /** The stand-in for {@code System.out}. */
    public static PrintStream out(LogLines lines) {
        return new PrintStream(new StrayPrints(lines, "stdout", LogLevel.INFO), true, StandardCharsets.UTF_8);
    }

    /** The stand-in for {@code System.err}. */
    public static PrintStream err(LogLines lines) {
        return new PrintStream(new StrayPrints(lines, "stderr", LogLevel.WARNING), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n' || count == held.length) {
            tell();
        }
        if (b != '\n' && b != '\r') {
            held[count++] = (byte) b;
        }
    }

    private void tell() {
        if (count > 0) {
            lines.write(level, logger, new String(held, 0, count, StandardCharsets.UTF_8), Map.of(), Optional.empty());
            count = 0;
        }
    }
}
