package dev.signalwright.worker.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A {@link TaskLog} that writes {@link LogLines}, every line with the same extra members. */
final class JsonTaskLog implements TaskLog {
    private final LogLines lines;
    private final String logger;
    private final Map<String, String> always;

    JsonTaskLog(LogLines lines, String logger, Map<String, String> always) {
        this.lines = lines;
        this.logger = logger;
        this.always = always;
    }

    @Override
    public TaskLog forSymbol(String symbol) {
        return new JsonTaskLog(lines, logger, Map.of("symbol", symbol));
    }

    @Override
    public void debug(String message) {
        lines.write(LogLevel.DEBUG, logger, message, always, Optional.empty());
    }

    @Override
    public void info(String message) {
        lines.write(LogLevel.INFO, logger, message, always, Optional.empty());
    }

    @Override
    public void info(String message, Map<String, ?> fields) {
        Map<String, Object> all = new LinkedHashMap<>(always);
        all.putAll(fields);
        lines.write(LogLevel.INFO, logger, message, all, Optional.empty());
    }

    @Override
    public void warn(String message) {
        lines.write(LogLevel.WARNING, logger, message, always, Optional.empty());
    }

    @Override
    public void error(String message) {
        lines.write(LogLevel.ERROR, logger, message, always, Optional.empty());
    }

    @Override
    public void error(String message, Throwable cause) {
        lines.write(LogLevel.ERROR, logger, message, always, Optional.of(cause));
    }
}
