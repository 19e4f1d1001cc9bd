package dev.signalwright.worker.simulator;

import dev.signalwright.worker.log.TaskLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what was logged. */
final class RecordingLog implements TaskLog {
    final List<String> lines = new ArrayList<>();

    @Override
    public TaskLog forSymbol(String symbol) {
        return this;
    }

    @Override
    public void debug(String message) {
        lines.add(message);
    }

    @Override
    public void info(String message) {
        lines.add(message);
    }

    @Override
    public void info(String message, Map<String, ?> fields) {
        lines.add(message);
    }

    @Override
    public void warn(String message) {
        lines.add(message);
    }

    @Override
    public void error(String message) {
        lines.add(message);
    }

    @Override
    public void error(String message, Throwable cause) {
        lines.add(message);
    }
}
