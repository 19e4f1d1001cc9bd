package dev.signalwright.worker.log;

import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Leads what frameworks log into {@link LogLines}. */
public final class FrameworkLog extends ExtHandler {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    private final LogLines lines;

    private FrameworkLog(LogLines lines) {
        this.lines = lines;
    }

    /**
     * Adds itself to the root logger. The frameworks' own console is switched off in {@code application.properties};
     * this handler stands beside it from before they start, so that their start-up troubles are told as well.
     */
    public static void install(LogLines lines) {
        FrameworkLog handler = new FrameworkLog(lines);
        handler.setLevel(Level.INFO);
        LogContext.getLogContext().getLogger("").addHandler(handler);
    }

    @Override
    protected void doPublish(ExtLogRecord entry) {
        lines.write(
                level(entry.getLevel()),
                String.valueOf(entry.getLoggerName()),
                MESSAGE.format(entry),
                Map.of(),
                Optional.ofNullable(entry.getThrown()));
    }

    private static LogLevel level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return LogLevel.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return LogLevel.WARNING;
        }
        return level.intValue() >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
    }
}
