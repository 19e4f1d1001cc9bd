package dev.signalwright.worker.testing;

import dev.signalwright.worker.log.TaskLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the lines, each as {@code level [symbol] message}. */
public final class RecordingLog implements TaskLog {
    private final List<String> lines;
    private final String symbol;

    public RecordingLog() {
        this(new ArrayList<>(), "");
    }

    private RecordingLog(List<String> lines, String symbol) {
        this.lines = lines;
        this.symbol = symbol;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public TaskLog forSymbol(String name) {
        return new RecordingLog(lines, "[" + name + "] ");
    }

    @Override
    public void debug(String message) {
        lines.add("debug " + symbol + message);
    }

    @Override
    public void info(String message) {
        lines.add("info " + symbol + message);
    }

    @Override
    public void info(String message, Map<String, ?> fields) {
        info(message);
    }

    @Override
    public void warn(String message) {
        lines.add("warn " + symbol + message);
    }

    @Override
    public void error(String message) {
        lines.add("error " + symbol + message);
    }

    @Override
    public void error(String message, Throwable cause) {
        error(message);
    }
}
