package dev.signalwright.artifacts.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Hears everything that is logged while it is open, with values and exceptions, as a formatter would write it. */
final class Eavesdropper extends Handler implements AutoCloseable {
    private record Line(String logger, String text) {}

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final List<Line> heard = new ArrayList<>();

    Eavesdropper(Level level) {
        setFormatter(new PatternFormatter("%c %s%e%n"));
        root.addHandler(this);
        root.setLevel(level);
    }

    @Override
    public void publish(LogRecord said) {
        String text = getFormatter().format(said) + Arrays.toString(said.getParameters());
        synchronized (heard) {
            heard.add(new Line(said.getLoggerName(), text));
        }
    }

    /** What was said with this text in it; everything for the empty text. */
    List<String> linesWith(String text) {
        synchronized (heard) {
            return heard.stream()
                    .map(Line::text)
                    .filter(line -> line.contains(text))
                    .toList();
        }
    }

    boolean hears(String logger) {
        synchronized (heard) {
            return heard.stream().anyMatch(line -> logger.equals(line.logger()));
        }
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.removeHandler(this);
    }
}
